/** Puts into node_modules exactly what the lockfile says, where it is not there yet. */
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fail, root, run } from "./node.mjs";

const packagesOf = (file) => JSON.parse(readFileSync(path.join(root, file), "utf8")).packages;

/** Compares what npm says it installed with the lockfile; packages for other platforms may be missing. */
function isInstalled() {
  if (!existsSync(path.join(root, "node_modules/.package-lock.json"))) return false;
  const installed = packagesOf("node_modules/.package-lock.json");
  return Object.entries(packagesOf("package-lock.json")).every(
    ([name, wanted]) =>
      name === "" ||
      (name in installed ? installed[name].version === wanted.version : wanted.optional === true),
  );
}

export function install() {
  if (isInstalled()) return;
  process.stdout.write("Installing the packages that package-lock.json names…\n");
  // No package may run code of its own on install; none here needs to.
  if (!run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"]))
    fail("The packages could not be installed: npm's own words are above. Is the npm registry reachable?");
}
