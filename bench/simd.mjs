/** Bundles `simd.ts` and runs it under Node; see there. */
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = path.join(root, ".cache/bench-simd");
const seconds = process.argv.includes("--seconds")
  ? process.argv[process.argv.indexOf("--seconds") + 1]
  : "2";
await build({
  root,
  configFile: false,
  logLevel: "error",
  ssr: { noExternal: true },
  build: { ssr: path.join(root, "bench/simd.ts"), outDir: out, emptyOutDir: true, minify: false },
});
const wasm = path.join(root, "node_modules/@tensorflow/tfjs-backend-wasm/wasm-out/");
// TensorFlow.js' own modules ask for Node's require, which a module has not.
mkdirSync(out, { recursive: true });
writeFileSync(
  path.join(out, "run.mjs"),
  `import { createRequire } from "node:module";
globalThis.require = createRequire(import.meta.url);
globalThis.__dirname = ${JSON.stringify(out)};
const { measure } = await import(${JSON.stringify(pathToFileURL(path.join(out, "simd.js")).href)});
console.log(JSON.stringify(await measure(${JSON.stringify(wasm)}, ${Number(seconds)}), null, 2));
`,
);
const flags = process.argv.includes("--fused") ? ["--experimental-wasm-relaxed-simd"] : [];
const { status } = spawnSync(process.execPath, [...flags, path.join(out, "run.mjs")], { stdio: "inherit" });
process.exit(status ?? 1);
