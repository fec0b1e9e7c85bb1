/**
 * `npm run --silent bench:dials`: see bench/dials.ts. The other thread is bundled first, as a worker's code is.
 * `--one-core` needs `taskset`, which Linux has.
 */
import { spawnSync } from "node:child_process";
import path from "node:path";
import { build } from "vite";
import { fail, root } from "./node.mjs";
import { load, withWasmFlags } from "./sources.mjs";

const ended = withWasmFlags();
if (ended !== undefined) process.exit(ended);
const args = process.argv.slice(2);
if (args.includes("--one-core") && process.env.LIKENESS_PINNED === undefined) {
  const pinned = ["-c", "0", process.execPath, ...process.execArgv, process.argv[1], ...args];
  const { status, error } = spawnSync("taskset", pinned, {
    stdio: "inherit",
    env: { ...process.env, LIKENESS_PINNED: "1" },
  });
  if (error !== undefined) fail("--one-core pins the process by taskset, which is not here.");
  process.exit(status ?? 1);
}

const outDir = path.join(root, ".cache/dials");
await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: "error",
  build: {
    ssr: "bench/dialsThread.ts",
    outDir,
    target: "node20",
    rolldownOptions: { output: { entryFileNames: "thread.mjs" }, checks: { pluginTimings: false } },
  },
  ssr: { noExternal: true, external: ["webgpu"] },
});
// What TensorFlow.js has to say must not stand among the figures.
console.log = console.info = console.warn = (...said) => console.error(...said);
const { main } = await load("/bench/dials.ts");
const code = await main(args, path.join(outDir, "thread.mjs"));
process.stdout.write("", () => process.exit(code));
