/**
 * `npm run --silent bench:scoring`: see bench/scoring.ts. It is bundled first, as a worker's code is: run file by file,
 * every call of an imported function would cost a look-up, and inner loops make a hundred million.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";
import { root } from "./node.mjs";

const outDir = path.join(root, ".cache/scoring");
await build({
  root,
  configFile: false,
  publicDir: false,
  logLevel: "error",
  define: { __dirname: "import.meta.dirname" },
  build: {
    ssr: "bench/scoring.ts",
    outDir,
    target: "node20",
    rolldownOptions: { output: { entryFileNames: "main.mjs" }, checks: { pluginTimings: false } },
  },
  ssr: { noExternal: true, external: ["webgpu"] },
});
const { main } = await import(pathToFileURL(path.join(outDir, "main.mjs")).href);
await main(process.argv.slice(2));
process.exit(0);
