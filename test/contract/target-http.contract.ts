import { inspect } from "node:util";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { TargetRefused, TargetUnreachable } from "../../src/ports/target.ts";
import { json, startFront } from "../support/http/front-server.ts";
import type { Behaviour, FrontServer } from "../support/http/front-server.ts";
import type { TargetWorld } from "./target.contract.ts";

/** A world whose target asks a front, on which things can go wrong. */
export interface HttpTargetWorld extends TargetWorld {
  readonly front: FrontServer;
  /** Everything secret that the target was given. */
  readonly secrets: readonly string[];
  /** A second target on the same front, which waits only so long. */
  impatient(timeoutSeconds: number): TargetWorld["target"];
  /** What a message must say where the credential is refused. */
  readonly remedy: string;
}

/** Checks what all targets that are asked over HTTP promise when the server, or what stands before it, misbehaves. */
export function describeHttpTarget(name: string, open: () => Promise<HttpTargetWorld>): void {
  describe(`HTTP target: ${name}`, () => {
    let world: HttpTargetWorld;
    const end = new Date("2026-12-01T00:00:00Z");
    const verbs = {
      observe: (target: TargetWorld["target"]) => target.observe("anna"),
      provision: (target: TargetWorld["target"]) => target.provision("anna", "write_all", end),
      revoke: (target: TargetWorld["target"]) => target.revoke("anna", "read_all"),
    };
    const problems = async (target = world.target): Promise<readonly unknown[]> => {
      const outcomes = await Promise.allSettled(Object.values(verbs).map((verb) => verb(target)));
      return outcomes.map((outcome) => {
        if (outcome.status === "fulfilled") throw new Error("A verb succeeded.");
        return outcome.reason as unknown;
      });
    };
    const allAre = async (
      kind: typeof TargetRefused | typeof TargetUnreachable,
      behaviour: Behaviour,
    ): Promise<void> => {
      world.front.behave(behaviour);
      for (const problem of await problems()) expect(problem).toBeInstanceOf(kind);
      world.front.behave(() => "pass");
      expect((await world.target.observe("anna")).permissions).toEqual(["read_all"]);
    };

    beforeEach(async () => {
      world = await open();
      await world.addIdentity("anna");
      await world.addPermission("read_all");
      await world.addPermission("write_all");
      await world.give("anna", "read_all");
      world.front.reset();
    });
    afterEach(() => world.close());

    it("a server that hangs is unreachable", async () => {
      world.front.behave(() => "hang");
      for (const problem of await problems(world.impatient(0.2))) {
        expect(problem).toBeInstanceOf(TargetUnreachable);
        expect(String(problem)).toContain("in 0.2 seconds");
      }
    });

    it("a server that stops in the middle of an answer is unreachable", async () => {
      world.front.behave(() => "stall");
      const reading = world.impatient(0.2).observe("anna");
      await expect(reading).rejects.toThrow(TargetUnreachable);
      await expect(reading).rejects.toThrow("in 0.2 seconds");
    });

    it("a server that hangs up is unreachable", () => allAre(TargetUnreachable, () => "break"));

    it.each([408, 425, 429, 500, 502, 503, 504])("%i is unreachable", (status) =>
      allAre(TargetUnreachable, () => json(status, {})),
    );

    it("passes on how long a busy server asks to wait, and waits for nothing itself", async () => {
      world.front.behave(() => json(429, {}, { "retry-after": "86400" }));
      for (const problem of await problems()) expect(String(problem)).toContain("86400 seconds");
    });

    it.each([401, 403])("%i is refused with what to grant", async (status) => {
      await allAre(TargetRefused, () => json(status, {}));
      world.front.behave(() => json(status, {}));
      for (const problem of await problems()) expect(String(problem)).toContain(world.remedy);
    });

    it.each([301, 302, 307, 308])("a redirect (%i) is never followed", async (status) => {
      const elsewhere = await startFront(world.front.url);
      await allAre(TargetRefused, ({ path }) => ({
        status,
        headers: { location: `${elsewhere.url}${path}` },
      }));
      expect(elsewhere.seen).toEqual([]);
      await elsewhere.close();
    });

    it.each([
      ["a log-in page", { status: 200, headers: { "content-type": "text/html" }, body: "<html>" }],
      ["no content type", { status: 200, body: "[]" }],
      [
        "half a document",
        { status: 200, headers: { "content-type": "application/json" }, body: '{"a": [' },
      ],
      [
        "broken UTF-8",
        {
          status: 200,
          headers: { "content-type": "application/json" },
          body: Buffer.from([0x22, 0xff, 0x22]),
        },
      ],
      ["null", json(200, null)],
      ["a number", json(200, 7)],
      ["an empty object", json(200, {})],
      ["an empty list", json(200, [])],
      ["a list of nothing", json(200, [null])],
      ["an empty 204", { status: 204 }],
      ["a partial 206", json(206, [])],
    ] as const)("K10: %s is no answer about what is held", async (_, answer) => {
      world.front.behave(() => answer);
      await expect(world.target.observe("anna")).rejects.toThrow(TargetUnreachable);
      await world.target.revoke("anna", "read_all").catch(() => undefined);
      world.front.behave(() => "pass");
      expect((await world.target.observe("anna")).permissions).toEqual(["read_all"]);
    });

    it("K10: a server that says 404 to everything has not forgotten the identity", async () => {
      for (const body of [{}, null, { error: "not found" }]) {
        world.front.behave(() => json(404, body));
        await expect(world.target.observe("anna")).rejects.toThrow();
      }
      world.front.behave(() => ({ status: 404, headers: { "content-type": "text/html" } }));
      await expect(world.target.observe("anna")).rejects.toThrow();
      world.front.behave(() => ({ status: 410 }));
      await expect(world.target.observe("anna")).rejects.toThrow();
    });

    it("takes in no answer without end", async () => {
      const endless = `[${"1,".repeat(17 * 1024 * 1024)}1]`;
      world.front.behave(() => ({
        status: 200,
        headers: { "content-type": "application/json" },
        body: endless,
      }));
      await expect(world.target.observe("anna")).rejects.toThrow(/more than .* willing to read/u);
    });

    it("a server that lies is seen when it is read back", async () => {
      world.front.behave(({ method }) => (method === "GET" ? "pass" : { status: 204 }));
      await world.target.provision("anna", "write_all", end);
      await world.target.revoke("anna", "read_all");
      expect((await world.target.observe("anna")).permissions).toEqual(["read_all"]);
    });

    it("no error has a secret in it, whatever the server echoes", async () => {
      const heard = new Set<string>();
      for (const status of [200, 207, 302, 400, 401, 404, 409, 429, 500]) {
        world.front.behave(({ headers }) => {
          const echo = JSON.stringify([headers, world.secrets]);
          for (const secret of world.secrets) heard.add(secret);
          return json(status, { message: echo, errorCode: echo, detail: echo }, echoing(echo));
        });
        for (const verb of Object.values(verbs)) {
          const problem = await verb(world.target).then(
            () => null,
            (error: unknown) => error,
          );
          const text = inspect(problem, { depth: 10, showHidden: true });
          for (const secret of heard) expect(text).not.toContain(secret);
        }
      }
    });
  });
}

function echoing(echo: string): Record<string, string> {
  return {
    location: `https://elsewhere.example/?${encodeURIComponent(echo)}`,
    "retry-after": encodeURIComponent(echo),
    link: `<https://elsewhere.example/?${encodeURIComponent(echo)}>; rel="next"`,
  };
}
