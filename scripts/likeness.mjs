#!/usr/bin/env node
/**
 * `likeness`, from a terminal: builds the program in `cli/` where its sources have changed since it was built last, and
 * becomes it. A build is kept under a name made of its sources' sizes and times, so two that start at once never meet
 * half of one.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { fail, requireNode, root } from "./node.mjs";

const folders = ["cli", "src"];
const files = ["package.json", "package-lock.json", "scripts/likeness.mjs"];
const builds = path.join(root, ".cache/cli");
/** Milliseconds after which a build of other sources is of no use to a process that still runs from it. */
const day = 86_400_000;

requireNode();
const built = path.join(builds, stampOf());
if (!existsSync(built)) await build();
// npm runs scripts in the project's folder; paths are meant from where the person stands.
if (process.env.npm_lifecycle_event === "likeness") process.chdir(process.env.INIT_CWD ?? ".");
await import(pathToFileURL(path.join(built, "main.mjs")).href);

/** Changes when any source does. */
function stampOf() {
  const hash = createHash("sha256");
  const inside = folders.flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true })
      .map((name) => path.join(folder, name))
      .filter((name) => /\.(ts|json)$/.test(name) && !name.endsWith(".test.ts")),
  );
  for (const name of [...files, ...inside.sort()]) {
    const { size, mtimeMs } = statSync(path.join(root, name));
    hash.update(`${name} ${size} ${mtimeMs}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}

async function build() {
  let vite;
  try {
    vite = await import("vite");
  } catch {
    fail("The packages are not installed yet: run npm ci in the project's folder first.");
  }
  const fresh = `${built}.${process.pid}`;
  try {
    await vite.build({
      root,
      configFile: false,
      publicDir: false,
      logLevel: "error",
      // The emscripten programs of TensorFlow.js are CommonJS.
      define: { __dirname: "import.meta.dirname" },
      build: {
        ssr: "cli/main.ts",
        outDir: fresh,
        target: "node20",
        rolldownOptions: {
          output: { entryFileNames: "main.mjs", chunkFileNames: "[name]-[hash].mjs" },
          checks: { pluginTimings: false },
        },
      },
      // All in a few files that load fast, but for the one with native code.
      ssr: { noExternal: true, external: ["webgpu"] },
    });
    renameSync(fresh, built);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    // Another process may have been first.
    if (!existsSync(built)) fail(`likeness could not be built: ${error.message}`);
  }
  for (const name of readdirSync(builds)) {
    const old = path.join(builds, name);
    if (old !== built && Date.now() - statSync(old).mtimeMs > day) rmSync(old, { recursive: true });
  }
}
