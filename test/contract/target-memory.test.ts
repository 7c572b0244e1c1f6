import { memoryTarget } from "../../src/adapters/memory/memory-target.ts";
import { describeTarget } from "./target.contract.ts";

describeTarget("memory", () => {
  const target = memoryTarget({ identities: [], permissions: [] });
  const { administrator } = target;
  const later = (act: () => void): Promise<void> => Promise.resolve().then(act);
  return Promise.resolve({
    target,
    addIdentity: (name) => later(() => administrator.addIdentity(name)),
    addPermission: (name) => later(() => administrator.addPermission(name)),
    dropIdentity: (name) => later(() => administrator.dropIdentity(name)),
    dropPermission: (name) => later(() => administrator.dropPermission(name)),
    give: (identity, permission) => later(() => administrator.give(identity, permission)),
    unreachable: () =>
      memoryTarget({ identities: ["anna"], permissions: [], behaviour: () => "unreachable" }),
    close: () => target.close(),
  });
});
