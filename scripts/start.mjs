/** `npm start`: from a fresh clone to the lab in a browser. Installs, builds and serves, each only where needed. */
import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { install } from "./install.mjs";
import { fail, requireNode, root, runTool } from "./node.mjs";

/** What the built pages depend on. */
const sources = [
  "src",
  "workers",
  "public",
  "index.html",
  "vite.config.ts",
  "scripts/headers.mjs",
  "package-lock.json",
];

/** Milliseconds of the latest change in a file or folder; 0 where there is none. */
function changedAt(name) {
  const found = statSync(name, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return readdirSync(name).reduce(
    (latest, entry) => Math.max(latest, changedAt(path.join(name, entry))),
    found.mtimeMs,
  );
}

const isBuilt = () => {
  const built = changedAt(path.join(root, "dist/index.html"));
  return built > 0 && sources.every((name) => changedAt(path.join(root, name)) <= built);
};

requireNode();
install();
if (!isBuilt()) {
  process.stdout.write("Building the pages…\n");
  if (!runTool("vite/bin/vite.js", ["build", "--logLevel", "warn"]))
    fail("The pages could not be built: Vite's own words are above.");
}
const { serve } = await import("./serve.mjs");
await serve();
