import fc from "fast-check";
import { entriesOf } from "../../../src/core/attest/ledger-view.ts";
import type { LifeWorld } from "./life-world.ts";

/** One thing that somebody does, or that time or one of our processes does. */
export interface Deed {
  run(world: LifeWorld): Promise<void> | void;
  toString(): string;
}

const people = [
  "alice",
  "bob",
  "carol",
  "dave",
  "erin",
  "heidi",
  "ivan",
  "oscar",
  "paula",
  "judy",
  "frank",
  "grace",
  "quinn",
];
const anybody = fc.constantFrom(...people);
/** Those whose approvals are asked for, more often than everybody else. */
const reviewer = fc.constantFrom(
  "bob",
  "carol",
  "bob",
  "carol",
  "heidi",
  "judy",
  "oscar",
  ...people,
);
/** Which pull request, counted from the newest. */
const which = fc.nat({ max: 2 });

const reroute = (from: string, to: string): string =>
  `/access reroute approver from @${from} to @${to} reason=no-answer ticket=OPS-7 basis=privileged for=PT4H`;

const ask = fc
  .tuple(
    fc.constantFrom("alice", "alice", "alice", "ivan"),
    fc.constantFrom("request", "request", "extension", "emergency"),
  )
  .map(([by, kind]) => deed(`${by} asks (${kind})`, (world) => world.ask(by, kind)));
const push = fc.tuple(anybody, which).map(([by, at]) =>
  deed(
    `${by} pushes to ${at}`,
    onPull(at, (world, pull) => world.push(by, pull)),
  ),
);
const review = fc
  .tuple(reviewer, which, fc.constantFrom("APPROVED", "APPROVED", "APPROVED", "CHANGES_REQUESTED"))
  .map(([by, at, state]) =>
    deed(
      `${by} reviews ${at}: ${state}`,
      onPull(at, (world, pull) => world.review(by, pull, state)),
    ),
  );
/** The two approvals that a request needs, and the looks after each. */
const approved = which.map((at) =>
  deed(
    `bob and carol approve ${at}`,
    onPull(at, async (world, pull) => {
      for (const by of ["bob", "carol"]) world.review(by, pull, "APPROVED");
      await world.look(pull);
    }),
  ),
);
const command = fc
  .tuple(
    anybody,
    which,
    fc.constantFrom(
      "/access withdraw",
      "/access revoke reason=done",
      "/access cancel reason=duplicate ticket=OPS-1",
      reroute("bob", "oscar"),
      reroute("heidi", "oscar"),
      "/access confirm 5001",
      "/access confirm 5002",
      "/access approve",
      "/access review outcome=justified",
    ),
  )
  .map(([by, at, text]) =>
    deed(
      `${by} comments on ${at}: ${text}`,
      onPull(at, (world, pull) => world.comment(by, pull, text)),
    ),
  );
/** A reroute as it is meant: after it stalled, by two people, on which the stand-in and control approve. */
const rerouted = which.map((at) =>
  deed(
    `${at} is rerouted`,
    onPull(at, async (world, pull) => {
      world.pass(9 * 3600);
      world.comment("dave", pull, reroute("bob", "oscar"));
      await world.look(pull);
      const comments = world.scene.world.comments.get(pull) ?? [];
      const asked = comments.findLast(({ author }) => author?.login === "dave")?.id ?? 0;
      world.pass(1);
      world.comment("paula", pull, `/access confirm ${asked}`);
      await world.look(pull);
      world.pass(1);
      for (const by of ["oscar", "carol"]) world.review(by, pull, "APPROVED");
      await world.look(pull);
    }),
  ),
);
/** A whole ordinary life up to the grant. */
const granted = fc.constantFrom("request", "extension").map((kind) =>
  deed(`alice is granted a ${kind}`, async (world) => {
    world.ask("alice", kind);
    const pull = world.pulls().at(-1) ?? 0;
    await world.look(pull);
    world.pass(1);
    for (const by of ["bob", "carol"]) world.review(by, pull, "APPROVED");
    await world.look(pull);
    await world.execute();
  }),
);
/** An emergency as it is meant, up to the grant; alone or after a denial that two others of the chain lift. */
const emergency = fc.constantFrom(["grace"], ["quinn"], ["grace", "quinn"]).map((chain) =>
  deed(`alice is granted access in an emergency by ${chain.join(" and ")}`, async (world) => {
    world.incident("heidi", "opens");
    world.ask("alice", "emergency");
    const pull = world.pulls().at(-1) ?? 0;
    await world.look(pull);
    world.pass(601);
    for (const by of chain) world.review(by, pull, "APPROVED");
    await world.look(pull);
    await world.execute();
  }),
);
const incident = fc
  .tuple(fc.constantFrom("heidi", "alice"), fc.constantFrom("opens", "closes", "closes", "reopens"))
  .map(([by, change]) =>
    deed(`${by} ${change} the incident`, async (world) => {
      world.incident(by, change);
      await world.sweep();
    }),
  );
/** A violation as it is meant to be cleared, and as it is not. */
const cleared = fc.tuple(which, fc.constantFrom("frank", "alice", "bob")).map(([at, by]) =>
  deed(
    `${by} clears the violation of ${at}`,
    onPull(at, async (world, pull) => {
      const found = entriesOf(world.view(), "violation").find(({ inputs }) => inputs.pull === pull);
      world.comment(by, pull, `/access clear ${found?.seq ?? 1} reason=known ticket=SEC-9`);
      await world.sweep();
    }),
  ),
);
/** What follows an emergency as it is meant: the incident is closed, the access ends, somebody reviews it. */
const settled = which.map((at) =>
  deed(
    `the emergency ${at} is over, and reviewed`,
    onPull(at, async (world, pull) => {
      world.incident("heidi", "closes");
      await world.sweep();
      await world.execute();
      await world.sweep();
      world.comment("frank", pull, "/access review outcome=justified");
      await world.sweep();
    }),
  ),
);
const later = fc.constantFrom(1_800, 5 * 3_600).map((seconds) =>
  deed(`${seconds} s later the executor makes a pass`, async (world) => {
    world.pass(seconds);
    await world.execute();
  }),
);
/** Ends as they are meant: by who may, and seen by the gate. */
const ended = fc
  .tuple(
    which,
    fc.constantFrom(
      ["alice", "/access withdraw"],
      ["erin", "/access cancel reason=duplicate ticket=OPS-1"],
      ["alice", "/access revoke reason=done"],
      ["heidi", "/access revoke reason=done"],
    ),
  )
  .map(([at, [by = "", text = ""]]) =>
    deed(
      `${by} ends ${at}: ${text}`,
      onPull(at, async (world, pull) => {
        world.comment(by, pull, text);
        await world.look(pull);
      }),
    ),
  );
const dismiss = which.map((at) =>
  deed(
    `the last review of ${at} is dismissed`,
    onPull(at, (world, pull) => world.dismiss(pull)),
  ),
);
const open = fc.tuple(which, fc.constantFrom("open", "closed")).map(([at, state]) =>
  deed(
    `${at} becomes ${state}`,
    onPull(at, (world, pull) => world.setOpen(pull, state)),
  ),
);
const byHand = which.map((at) =>
  deed(
    `somebody merges ${at} by hand`,
    onPull(at, (world, pull) => world.mergeByHand(pull)),
  ),
);
const time = fc
  .constantFrom(1, 60, 3_600, 4 * 3_600, 9 * 3_600, 3 * 86_400)
  .map((seconds) => deed(`${seconds} s pass`, (world) => world.pass(seconds)));
const look = which.map((at) =>
  deed(
    `the gate looks at ${at}`,
    onPull(at, (world, pull) => world.look(pull)),
  ),
);
const sweep = fc.constant(deed("the gate sweeps", (world) => world.sweep()));
const execute = fc.constant(deed("the executor makes a pass", (world) => world.execute()));

/** Anything that can happen, the ordinary more often. */
export const actions: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: ask },
  { weight: 2, arbitrary: push },
  { weight: 5, arbitrary: review },
  { weight: 3, arbitrary: approved },
  { weight: 5, arbitrary: command },
  { weight: 1, arbitrary: rerouted },
  { weight: 2, arbitrary: ended },
  { weight: 2, arbitrary: granted },
  { weight: 2, arbitrary: emergency },
  { weight: 1, arbitrary: incident },
  { weight: 1, arbitrary: settled },
  { weight: 1, arbitrary: cleared },
  { weight: 2, arbitrary: later },
  { weight: 1, arbitrary: dismiss },
  { weight: 1, arbitrary: open },
  { weight: 1, arbitrary: byHand },
  { weight: 3, arbitrary: time },
  { weight: 4, arbitrary: look },
  { weight: 2, arbitrary: sweep },
  { weight: 4, arbitrary: execute },
);

function deed(name: string, run: Deed["run"]): Deed {
  return { run, toString: () => name, [fc.toStringMethod]: () => name } as Deed;
}

function onPull(
  at: number,
  run: (world: LifeWorld, pull: number) => Promise<void> | void,
): Deed["run"] {
  return (world) => {
    const pull = world.pulls().at(-1 - at);
    return pull === undefined ? undefined : run(world, pull);
  };
}
