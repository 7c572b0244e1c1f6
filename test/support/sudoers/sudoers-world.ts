import { appendFile, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SudoersAccess } from "../../../src/adapters/targets/sudoers/sudoers-access.ts";
import { openSudoersTarget } from "../../../src/adapters/targets/sudoers/sudoers-target.ts";
import type { Target } from "../../../src/ports/target.ts";
import type { TargetWorld } from "../../contract/target.contract.ts";

/** A folder of drop-ins with its templates, and the hands of the host's administrator. */
export interface SudoersWorld extends TargetWorld {
  readonly access: SudoersAccess;
  /** A second executor on the same folders, with other settings where they are given. */
  open(changes?: Partial<SudoersAccess>): Target;
  writeTemplate(permission: string, rule: string): Promise<void>;
  /** Puts a file into the folder of drop-ins; returns its path. */
  writeDropIn(name: string, text: string): Promise<string>;
}

/** Makes empty folders in a temporary one, which `close` removes. Accounts are in a file, so that none has to be made. */
export async function openSudoersWorld(): Promise<SudoersWorld> {
  const folder = await mkdtemp(join(tmpdir(), "countersign-sudoers-"));
  const accounts = join(folder, "passwd");
  const access: SudoersAccess = {
    sudoersFolder: join(folder, "sudoers_d"),
    templates: join(folder, "templates"),
    accounts,
    timeoutSeconds: 5,
  };
  await mkdir(access.sudoersFolder);
  await mkdir(access.templates);
  await writeFile(accounts, "root:x:0:0:root:/root:/bin/sh\n");
  const target = openSudoersTarget(access);
  const spell = (permission: string) => permission.replaceAll(" ", "-");
  const writeTemplate = (permission: string, rule: string) =>
    writeFile(join(access.templates, permission), `${rule}\n`);
  const writeDropIn = async (name: string, text: string) => {
    await writeFile(join(access.sudoersFolder, name), text, { mode: 0o440 });
    return join(access.sudoersFolder, name);
  };
  return {
    access,
    target,
    spell,
    writeTemplate,
    writeDropIn,
    open: (changes = {}) => openSudoersTarget({ ...access, ...changes }),
    canName: (name) => /^\w+$/u.test(name),
    addIdentity: (name) => appendFile(accounts, `${name}:x:1000:1000::/home/x:/bin/sh\n`),
    addPermission: (name) => writeTemplate(spell(name), ruleOf(spell(name))),
    dropIdentity: async (name) => {
      const lines = (await readFile(accounts, "utf8")).split("\n");
      await writeFile(accounts, lines.filter((line) => !line.startsWith(`${name}:`)).join("\n"));
    },
    dropPermission: (name) => rm(join(access.templates, spell(name))),
    give: async (identity, permission) => {
      await writeDropIn("by_hand", `${identity} ${ruleOf(spell(permission))}\n`);
    },
    unreachable: () => openSudoersTarget({ ...access, sudoersFolder: join(folder, "not-mounted") }),
    close: async () => {
      await target.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function ruleOf(permission: string): string {
  return `ALL=(root) NOPASSWD: /usr/bin/systemctl restart ${permission}`;
}
