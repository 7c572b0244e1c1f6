/** Made by GnuPG 2.2.40 with a key of its own: RSA, SHA-512, old packet lengths, fingerprint and key id of the issuer. */
export const gnupgVector = {
  bytes: "signed by GnuPG\n",
  fingerprint: "B4EDA4AA3346FD9BA765A108B292C2F1F7A4B0B8",
  madeAt: "2026-12-01T07:02:11.000Z",
  publicKey: `-----BEGIN PGP PUBLIC KEY BLOCK-----

mQENBGsOcPIBCADN/VkAIAFj3MIXhcKcdJt929+7+oAPh07YDFAF/hQql2Zf6d0L
KxqR/NumwJVJpgLrz/baZwp1anS4WKTGh4rU6t+TBj5C34nup6JA5hMOUPmHr9ce
A6YxlDGh0Ui7Sg3Vpxgs5olBA69hwFD3mKoh1Mc7iTRwVOKqIFX/0EyuGaBXW/dx
Q2lnGQGlEtpTzwSg0UYgSPxDTyHzbsX0DN/AWI10wVnB5jWdXqC543nOth6MkFSJ
lVNnnZLBtA/zknqWPhg+N7L5m97AJDpj9WC1B+GWpvI1vmV3D5coNwhwpEg7rOS/
8L5tOA6MAHxM+V7cUAhawa+LBN8gJSS7yuhXABEBAAG0HUEgVGVzdGVyIDx0ZXN0
ZXJAZXhhbXBsZS5jb20+iQFOBBMBCgA4FiEEtO2kqjNG/ZunZaEIspLC8feksLgF
AmsOcPICGwMFCwkIBwIGFQoJCAsCBBYCAwECHgECF4AACgkQspLC8feksLhpigf/
SqMsEYFUj7ZqtPz5s84m2oRjpbN29Y51pUFtz+5spdmR11/Gh+Ljj8u/x0+2CcdW
2+VJg4/3KiVnzLjMFt+cfOJfCp5T3xIstT3XIgW1orSZs3wJWRlhSeieNxwIu7NA
C98/lCBq5TtQu7yg3Y1EaS70DRzWA8/BQ8hN0EMZaALfFgCdck3PcKqJiG9GbNHA
FhqU0/s4b18tIY3rx/PvPF+SEqUbEJWA7/zatHgW65VcGCXdso0ndCsrAgxhnWUc
9OB6p6Msd1Klr8uG7cQMNyrOJaGD/oYc46ogGoK9ZIr1MVCealBJjhVPU6A5nQEB
zAR2uxTMMso8JKOVrQBAgQ==
=LMi1
-----END PGP PUBLIC KEY BLOCK-----
`,
  signature: `-----BEGIN PGP SIGNATURE-----

iQEzBAABCgAdFiEEtO2kqjNG/ZunZaEIspLC8feksLgFAmsOcPMACgkQspLC8fek
sLiXOAgArn71EBGdp8wAp6QZN4s14y7oCAoBE36iA91QIxThT6bVaUkpOFupdkpA
AIydRrr3YEYLbNhshBvfUeZa8qsgZerqCpzc5NF3FPLxIikCnAuMW8tw9+0aqx5n
+7aeypaCnz5GYKdcrEzW7wjPE2zSlUefEPTELyxto/5q/SKsywrrijEdY6SAGEh9
gioyGr9qHy+e3GbjulH8uTbG5QuC5G6hG/e1JsitSkRQpBH8jsSjY4I5dicbHP8J
g3Dewg3i0MyDS4vRfWJraHMQ6d6JVYn763QqIKLd3wmmlHuLHNoY9E0Z3N3OD/i9
p7zlYxBKujHbIoSlD91M9GuN8NKUKw==
=uBb5
-----END PGP SIGNATURE-----
`,
  /** Over the same bytes, by another key, of an algorithm that is not known here: Ed25519. */
  ed25519Signature: `-----BEGIN PGP SIGNATURE-----

iIUEABYIAC0WIQR5J5Efx3RHeK5hG6fGVS67AX9KDQUCaw5w9A8cZWRAZXhhbXBs
ZS5jb20ACgkQxlUuuwF/Sg0PwwEAk7K+BCfE47r3UFAHYle/6xxn6epPkEEA0FvY
h4eA2W0BAN8iqwia1Oq2ZrV1czbgbyhJ84cfWR5fClvhD4scw0ME
=2x2B
-----END PGP SIGNATURE-----
`,
} as const;
