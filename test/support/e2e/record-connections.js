// Preloaded into a process under test (`node --import`): writes every host that it connects to into a file.
import { appendFileSync } from "node:fs";
import net from "node:net";

const file = process.env.RECORD_CONNECTIONS;
const connect = net.Socket.prototype.connect;
net.Socket.prototype.connect = function (...args) {
  const [first] = args.flat();
  const host = typeof first === "object" && first !== null ? (first.host ?? first.path) : first;
  if (file !== undefined) appendFileSync(file, `${host}\n`);
  return connect.apply(this, args);
};
