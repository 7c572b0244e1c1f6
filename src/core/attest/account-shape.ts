import { accountTypes } from "../model/account.ts";
import type { Account } from "../model/account.ts";
import { integer, object, oneOf, text } from "./shape.ts";

/** Accepts an account as the forge reports it. */
export const accountShape = object<Account>({
  id: integer,
  login: text,
  type: oneOf(...accountTypes),
});
