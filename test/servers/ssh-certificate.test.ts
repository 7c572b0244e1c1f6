import { describeTarget } from "../contract/target.contract.ts";
import { openSshWorld } from "../support/ssh/ssh-world.ts";

describeTarget("SSH certificates", openSshWorld);
