/**
 * How our TypeScript runs under Node, TensorFlow.js included: Vite transforms it on the way in, as it does for the
 * browser. Benchmarks share this.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { createServer } from "vite";
import { root } from "./node.mjs";

const [major = 0, minor = 0] = process.versions.v8.split(".").map(Number);

/** Chromium has fused multiply-add since V8 11.4; Node 20, on 11.3, has it behind a flag. */
export const wasmFlags = major === 11 && minor < 4 ? ["--experimental-wasm-relaxed-simd"] : [];

/**
 * Runs this very script again with `wasmFlags` where it was started without them.
 *
 * @returns {number | undefined} how that ended; undefined where nothing is missing.
 */
export function withWasmFlags() {
  if (wasmFlags.every((flag) => process.execArgv.includes(flag))) return undefined;
  const again = [...process.execArgv, ...wasmFlags, ...process.argv.slice(1)];
  return spawnSync(process.execPath, again, { stdio: "inherit" }).status ?? 1;
}

/** TensorFlow.js imports these CommonJS files by name, which only a bundler understands. */
const commonJs = {
  name: "likeness:commonjs",
  enforce: "pre",
  resolveId: (id) => (id === "seedrandom" ? "\0seedrandom" : null),
  load(id) {
    if (id !== "\0seedrandom" && !id.includes("/wasm-out/")) return null;
    const name = JSON.stringify(id.replace("\0", ""));
    return `import { createRequire } from "node:module";
      const module = createRequire(${JSON.stringify(import.meta.url)})(${name});
      export default module;
      export const { alea, wasmWorkerContents } = module;`;
  },
};

/**
 * Loads a module of the project by its path from the root, such as "/bench/engine.ts". What it opened keeps the process
 * alive: end it with process.exit.
 *
 * @param {string} file
 */
export async function load(file) {
  globalThis.require = createRequire(import.meta.url); // TensorFlow.js asks for it under Node
  const server = await createServer({
    root,
    configFile: false,
    logLevel: "error",
    appType: "custom",
    server: { middlewareMode: true, hmr: false, ws: false },
    optimizeDeps: { noDiscovery: true },
    plugins: [commonJs],
    // One copy of TensorFlow.js for its own deep imports and ours.
    ssr: { noExternal: [/@tensorflow\//, "seedrandom"] },
  });
  return server.ssrLoadModule(file);
}

/** The version of a package that is installed. @param {string} name */
export const versionOf = (name) =>
  JSON.parse(readFileSync(path.join(root, "node_modules", name, "package.json"), "utf8")).version;
