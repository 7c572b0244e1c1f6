import { waitFor } from "../../../src/bin/demo/wait-for.ts";
import type { GateWorld } from "./gate-world.ts";

/** Writes a comment and waits until our one answer there says the code; returns the comment's id. */
export async function giveCommand(
  world: Pick<GateWorld, "as" | "view">,
  pull: number,
  { login, text, code }: { readonly login: string; readonly text: string; readonly code: string },
): Promise<number> {
  const { owner, repo } = world.view;
  const { issues } = world.as(login).github;
  const { data } = await issues.createComment({ owner, repo, issue_number: pull, body: text });
  await waitFor(`the answer ${code} to ${login}`, 25, async () => {
    const { data: all } = await issues.listComments({ owner, repo, issue_number: pull });
    const answer = all.findLast(({ user }) => user?.type === "Bot")?.body ?? "";
    return answer.includes(code) ? { found: answer } : { seen: answer.slice(0, 400) };
  });
  return data.id;
}
