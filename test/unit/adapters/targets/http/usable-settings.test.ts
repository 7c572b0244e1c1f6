import { describe, expect, it } from "vitest";
import { openOktaTarget } from "../../../../../src/adapters/targets/okta/okta-target.ts";
import { openScimTarget } from "../../../../../src/adapters/targets/scim/scim-target.ts";
import { openWebhookTarget } from "../../../../../src/adapters/targets/webhook/webhook-target.ts";
import { TargetRefused } from "../../../../../src/ports/target.ts";

const secret = `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`;

/** Opens each kind with one address; nothing is connected to. */
const kinds = {
  okta: (url: string, timeoutSeconds = 5) =>
    openOktaTarget({ url, credential: { kind: "token", token: "00token" }, timeoutSeconds }),
  scim: (url: string, timeoutSeconds = 5) =>
    openScimTarget({ url, token: "00token", timeoutSeconds }),
  "webhook's events": (url: string, timeoutSeconds = 5) =>
    openWebhookTarget({ url, readBackUrl: "https://b.example", secret, timeoutSeconds }),
  "webhook's read-back": (url: string, timeoutSeconds = 5) =>
    openWebhookTarget({ url: "https://a.example", readBackUrl: url, secret, timeoutSeconds }),
};

function refusal(open: () => unknown): string {
  try {
    open();
  } catch (error) {
    if (error instanceof TargetRefused) return error.message;
    throw error;
  }
  throw new Error("It was opened.");
}

describe.each(Object.entries(kinds))("the address of %s", (_, open) => {
  it.each([
    "https://acme.example",
    "https://acme.example:8443/scim/v2/",
    "http://localhost:3000",
    "http://127.0.0.1:3000",
    "http://127.1:3000",
    "http://[::1]:3000",
  ])("may be %s", (url) => {
    expect(() => open(url)).not.toThrow();
  });

  it.each([
    "http://acme.example",
    "http://127.0.0.1.acme.example",
    "http://localhost.acme.example",
    "http://10.0.0.1",
    "http://[::2]",
    "ftp://acme.example",
    "file:///etc/passwd",
  ])("may not be %s, where others could read along", (url) => {
    expect(refusal(() => open(url))).toMatch(/is neither https nor on this machine.*write it as/u);
  });

  it.each([
    "https://user:hunter2@acme.example",
    "https://hunter2@acme.example",
    "https://a.example#hunter2",
  ])("may not carry a secret, and no message repeats it: %s", (url) => {
    expect(refusal(() => open(url))).not.toContain("hunter2");
  });

  it("is refused with an example, and not repeated, when it cannot be read", () => {
    const message = refusal(() => open("hunter2 is the password"));
    expect(message).toContain("write it as https://");
    expect(message).not.toContain("hunter2");
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])("takes no time-out of %d", (seconds) => {
    expect(refusal(() => open("https://acme.example", seconds))).toContain("time-out");
  });
});

describe("the base of an API", () => {
  it.each(["okta", "scim"] as const)("has no query: %s", (kind) => {
    const message = refusal(() => kinds[kind]("https://acme.example?key=hunter2"));
    expect(message).toContain("has a query");
    expect(message).not.toContain("hunter2");
  });
});

describe("a token", () => {
  it.each(["", "hunter2 x", "hunter2\n", "hunter2\r\nx-admin: 1", "hunter2ü", "\0hunter2"])(
    "is refused without being repeated when no header can carry it: %j",
    (token) => {
      const options = { url: "https://acme.example", timeoutSeconds: 5 };
      for (const open of [
        () => openOktaTarget({ ...options, credential: { kind: "token", token } }),
        () => openScimTarget({ ...options, token }),
      ]) {
        const message = refusal(open);
        expect(message).toContain("TOKEN");
        expect(message).not.toContain("hunter2");
      }
    },
  );
});

describe("the secret of a webhook", () => {
  const whsec = (bytes: Uint8Array) => `whsec_${Buffer.from(bytes).toString("base64")}`;
  const open = (text: string) => () =>
    openWebhookTarget({
      url: "https://a.example",
      readBackUrl: "https://b.example",
      secret: text,
      timeoutSeconds: 5,
    });

  it.each([24, 32, 64])("may have %i random bytes", (length) => {
    expect(open(whsec(crypto.getRandomValues(new Uint8Array(length))))).not.toThrow();
  });

  it.each([
    ["no whsec_", secret.slice("whsec_".length), "whsec_ and base64"],
    ["nothing", "", "whsec_ and base64"],
    ["no bytes", "whsec_", "whsec_ and base64"],
    ["letters that base64 has not", "whsec_hunter2!hunter2!hunter2!hunter2!", "whsec_ and base64"],
    ["23 bytes", whsec(crypto.getRandomValues(new Uint8Array(23))), "fewer than 24 bytes"],
    ["one byte again and again", whsec(new Uint8Array(32).fill(7)), "not random"],
    ["few different bytes", whsec(new Uint8Array(64).map((_, n) => n % 15)), "not random"],
    ["a sentence", whsec(Buffer.from("correct horse battery staple, twice")), "not random"],
    ["the example of the standard", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "not random"],
  ])("may not have %s, and is not repeated", (_, text, words) => {
    const message = refusal(open(text));
    expect(message).toContain(words);
    expect(message).toContain("openssl rand -base64 32");
    if (text.length > 6) expect(message).not.toContain(text.slice(6));
  });
});
