import { exampleFiles } from "../../support/snapshot/example-files.ts";
import { setScene } from "./scene.ts";
import type { Scene } from "./scene.ts";

/** Sets the scene with the example governance, in which payments-db is looked at for drift. */
export function setDriftScene(drift: string): Promise<Scene> {
  const files = exampleFiles.map(({ path, text }): [string, string] => [
    path,
    path.endsWith("/payments-db.yaml")
      ? text.replace("  entitlements:\n", `  drift: ${drift}\n  entitlements:\n`)
      : text,
  ]);
  return setScene(Object.fromEntries(files));
}

/** Lets a day go by and makes a pass, in which the target is looked at again, and one more that pushes what was found. */
export async function nextLook(scene: Scene): Promise<void> {
  scene.clock.advance(86_400);
  await scene.pass();
  await scene.pass();
}
