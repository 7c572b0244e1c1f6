/** One thing the demo shows, with what it saw. */
export interface Step {
  readonly name: string;
  readonly ok: boolean;
  readonly evidence: string;
}

/** A step could not be shown. The message says what was seen instead. */
export class NotShown extends Error {
  override readonly name = "NotShown";
}

/** Collects steps and shows each as it happens. After the first that fails, the rest is not played. */
export interface Stage {
  /** Plays one step; its result is the evidence. Throws NotShown when it fails. */
  step(name: string, play: () => Promise<string>): Promise<void>;
  readonly steps: readonly Step[];
}

/** Makes a stage that shows its progress through `show`. */
export function openStage(show: (text: string) => void, screen: "terminal" | "file"): Stage {
  const steps: Step[] = [];
  const began = Date.now();
  const start = screen === "terminal" ? "\r" : "";
  return {
    steps,
    async step(name, play) {
      if (screen === "terminal") show(`        … ${name}`);
      try {
        const evidence = await play();
        steps.push({ name, ok: true, evidence });
        const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(5);
        show(`${start}${seconds}s  ✔ ${name}\n${indented(evidence)}\n`);
      } catch (error) {
        const evidence = error instanceof Error ? error.message : String(error);
        steps.push({ name, ok: false, evidence });
        show(`${start}        ✘ ${name}\n${indented(evidence)}\n`);
        throw new NotShown(name, { cause: error });
      }
    },
  };
}

function indented(text: string): string {
  return text
    .split("\n")
    .map((line) => `          ${line}`)
    .join("\n");
}
