#!/usr/bin/env node
// Plain JavaScript, so that a Node too old for TypeScript can still say what is wrong.
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);
if (major > 22 || (major === 22 && minor >= 18)) {
  await import("./cli.ts");
} else {
  process.stderr.write(
    `countersign needs Node 22.18 or later and runs on ${process.versions.node}. Run \`npm ci\` (without ` +
      "--ignore-scripts), then use `npm run` or `npx`: they take the Node 24 that is pinned in this project.\n",
  );
  process.exitCode = 3;
}
