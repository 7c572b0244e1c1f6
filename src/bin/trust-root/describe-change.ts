import type { TrustRoot } from "../../core/model/governance.ts";

/** Describes what another trust root changes, key role by key role. */
export function describeChange(before: TrustRoot, next: TrustRoot): readonly string[] {
  return next.keyRoles.flatMap(({ name, threshold, keyids }) => {
    const was = before.keyRoles.find((role) => role.name === name);
    const old = was?.keyids ?? [];
    const retired = old.filter((keyid) => !keyids.includes(keyid));
    const added = keyids.filter((keyid) => !old.includes(keyid));
    const lines = [
      ...retired.map((keyid) => `  ${name}: retires ${keyid}`),
      ...added.map((keyid) => `  ${name}: adds ${keyid}`),
      ...(was?.threshold === threshold
        ? []
        : [`  ${name}: ${threshold} must sign, not ${was?.threshold ?? 0}`]),
      ...(name === "execution" && retired.length > 0 ? [executorFirst] : []),
    ];
    return lines.length > 0 ? lines : [`  ${name}: stays as it is`];
  });
}

const executorFirst =
  "  Stop the executor before this is merged: what its old key signs afterwards, nobody believes. To go over without a\n" +
  "  pause, name the old key as well, by its keyid, and retire it with the rotation after.";
