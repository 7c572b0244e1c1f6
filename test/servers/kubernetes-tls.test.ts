import { execFile } from "node:child_process";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openKubernetesTarget } from "../../src/adapters/targets/kubernetes/kubernetes-target.ts";
import { TargetUnreachable } from "../../src/ports/target.ts";
import { startStandInApiServer } from "../support/kubernetes/stand-in-api-server.ts";
import type { StandInApiServer } from "../support/kubernetes/stand-in-api-server.ts";

const newCertificate = [
  ...["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"],
  ...["-days", "1", "-subj", "/CN=stand-in", "-addext", "subjectAltName=IP:127.0.0.1"],
];

describe("Kubernetes target on a stand-in API server over TLS", () => {
  let folder: string;
  let cluster: StandInApiServer;
  let server: Server;
  let ca: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "kubernetes-"));
    const [key, cert] = [join(folder, "key.pem"), join(folder, "cert.pem")];
    await promisify(execFile)("openssl", [...newCertificate, "-keyout", key, "-out", cert]).catch(
      () => {
        throw new Error("openssl is needed for this test: apt-get install -y openssl");
      },
    );
    ca = await readFile(cert, "utf8");
    cluster = await startStandInApiServer();
    server = createServer({ key: await readFile(key), cert: ca }, cluster.handler);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await cluster.close();
    await rm(folder, { recursive: true });
  });

  const open = (authority: string | null) =>
    openKubernetesTarget({
      url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
      token: cluster.token,
      ca: authority,
      namespaces: null,
      timeoutSeconds: 10,
    });

  it("believes the authority that it was told, and sends its token to no other server", async () => {
    expect((await open(ca).observe("anna")).permissions).toEqual([]);
    const before = cluster.seen.length;
    await expect(open(null).observe("anna")).rejects.toThrow(TargetUnreachable);
    expect(cluster.seen.length).toBe(before);
  });
});
