import { readFileSync } from "node:fs";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";
import { metaPolicy } from "./scripts/headers.mjs";

const { version } = JSON.parse(readFileSync(new URL("package.json", import.meta.url), "utf8")) as {
  readonly version: string;
};

/** Writes the policy into the built page, first of all that could load anything. Vite's dev server needs inline scripts, so not there. */
const policyInPage = (): Plugin => ({
  name: "likeness:policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: metaPolicy },
      injectTo: "head-prepend",
    },
  ],
});

/** The lab's code, asked for with the page rather than by its entry, which has a language's words come first (`app/start`). */
const labWithPage = (): Plugin => ({
  name: "likeness:lab-with-page",
  apply: "build",
  transformIndexHtml: {
    order: "post",
    handler(_, { bundle = {}, chunk }) {
      const [main] = Object.values(bundle).filter(
        (each) => each.type === "chunk" && each.facadeModuleId?.endsWith("/src/app/main.tsx"),
      );
      if (main?.type !== "chunk" || !chunk?.dynamicImports.includes(main.fileName)) return [];
      const needed = new Set([main.fileName]);
      for (const name of needed) {
        const each = bundle[name];
        if (each?.type === "chunk") each.imports.forEach((next) => needed.add(next));
      }
      needed.delete(chunk.fileName);
      const scripts = [...needed];
      const styles = scripts.flatMap((name) => {
        const each = bundle[name];
        return each?.type === "chunk" ? [...(each.viteMetadata?.importedCss ?? [])] : [];
      });
      return [
        ...scripts.map((name) => ({
          tag: "link",
          attrs: { rel: "modulepreload", crossorigin: true, href: `./${name}` },
        })),
        ...styles.map((name) => ({
          tag: "link",
          attrs: { rel: "stylesheet", crossorigin: true, href: `./${name}` },
        })),
      ];
    },
  },
});

/** Plotly's core pulls in the style sheet of its maps, 65 kB that a lab without maps never uses. */
const noMapStyles = "\0likeness:no-map-styles";
const withoutMapStyles = (): Plugin => ({
  name: "likeness:no-map-styles",
  enforce: "pre",
  resolveId: (source) => (source.endsWith("/maplibre-gl.css") ? noMapStyles : null),
  load: (id) => (id === noMapStyles ? "export {};" : null),
});

/** The folders whose tests hold no engine and replace no module. */
const ofData =
  "src/{random,catalog,table,datasets,encode,project,downstream,quality,generalise,store,share,lessons,views}/**/*.test.ts";

export default defineConfig({
  // Relative addresses, so that the built lab works under any path of any host.
  base: "./",
  cacheDir: ".cache/vite",
  plugins: [react(), policyInPage(), labWithPage(), withoutMapStyles()],
  // Plotly's dependencies still ask for Node's name of the global object.
  define: { global: "globalThis", "import.meta.env.VITE_VERSION": JSON.stringify(version) },
  build: {
    target: "es2023",
    manifest: true,
    // What the page itself asks for (`labWithPage`) its entry need not list again.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (name, needed) => (/\/main-[^/]*\.js$/.test(name) ? [] : needed),
    },
    assetsInlineLimit: 0,
    // Plotly and TensorFlow.js are as large as they are; both load after the first paint, and scripts/bundle.mjs holds that.
    chunkSizeWarningLimit: 1_200,
    rolldownOptions: { input: ["index.html", "bench.html"], checks: { pluginTimings: false } },
  },
  worker: { format: "es" },
  test: {
    environment: "node",
    // TensorFlow.js is some 900 modules: bundled once for all test files, from its modules for browsers, so that
    // there is one copy for its own deep imports and ours.
    alias: [{ find: /^@tensorflow\/(tfjs-[a-z-]+)$/, replacement: "@tensorflow/$1/dist/index.js" }],
    deps: {
      optimizer: {
        ssr: {
          enabled: true,
          include: [
            "@tensorflow/tfjs-core/dist/index.js",
            "@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops",
            "@tensorflow/tfjs-core/dist/register_all_gradients",
            "@tensorflow/tfjs-backend-cpu/dist/index.js",
            "@tensorflow/tfjs-backend-wasm/dist/index.js",
            "@tensorflow/tfjs-backend-webgpu/dist/index.js",
          ],
          rolldownOptions: { transform: { define: { __dirname: "import.meta.dirname" } } },
        },
      },
    },
    setupFiles: ["scripts/propertySeed.mjs"],
    // A limit is there to end what hangs; it says nothing of how long a test takes on a busy machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // Files about data and arithmetic leave nothing behind them, so a process runs them one after the other: half a second
    // less a file. Those that hold an engine, or replace a module, get a process each. A software GPU takes both cores of
    // a small machine, and many times as long where it can't have them: what needs one (`*.gpu.test.ts`) comes last, a
    // file at a time.
    projects: [
      {
        extends: true,
        test: {
          name: "data",
          include: [ofData],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: "unit",
          include: ["{src,workers,cli,scripts}/**/*.test.{ts,tsx,mjs}"],
          exclude: ["**/*.gpu.test.ts", ofData],
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: "gpu", include: ["src/**/*.gpu.test.ts"], maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
