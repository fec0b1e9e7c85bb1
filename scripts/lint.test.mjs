/**
 * The linter is part of the house, so it is tested: every forbidden import and
 * every banned word is planted in a copy of the tree, and the linter must find
 * exactly those. What it must allow is planted too.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { layers, leaves } from "./lint/house.mjs";
import { root } from "./node.mjs";

/** Lints files, given as text by path, under the project's own rules. */
function lint(files) {
  const copy = mkdtempSync(path.join(tmpdir(), "likeness-lint-"));
  try {
    cpSync(path.join(root, ".oxlintrc.json"), path.join(copy, ".oxlintrc.json"));
    cpSync(path.join(root, "scripts/lint"), path.join(copy, "scripts/lint"), { recursive: true });
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(path.join(copy, path.dirname(name)), { recursive: true });
      writeFileSync(path.join(copy, name), `${text}\n`);
    }
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(root, "node_modules/oxlint/bin/oxlint"), "--format=json", "."],
      {
        cwd: copy,
        encoding: "utf8",
        env: { ...process.env, OXLINT_TSGOLINT_PATH: path.join(root, "node_modules/.bin/tsgolint") },
      },
    );
    if (!stdout.startsWith("{")) throw new Error(`oxlint said: ${stdout}${stderr}`);
    return JSON.parse(stdout).diagnostics.map(({ code, filename, labels, message, help }) => ({
      file: filename,
      line: labels.at(-1)?.span.line,
      // What does not parse has no rule; it fails the test by matching none.
      rule: (code ?? "syntax").replace(/^[^(]*\(|\)$/g, ""),
      words: `${message} ${help ?? ""}`,
    }));
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const folders = Object.keys(layers);

/** The table as people read it. */
function tableInReadme() {
  const text = readFileSync(path.join(root, "src/README.md"), "utf8");
  const rows = text
    .slice(text.indexOf("## Who may import whom"))
    .matchAll(/^\| `([^`]+)` *\|([^|]*)\|([^|]*)\|$/gm);
  const names = (cell) =>
    cell
      .split(",")
      .map((name) => name.trim())
      .filter((name) => name !== "");
  return Object.fromEntries(
    [...rows].map(([, folder, may, types]) => [folder, { may: names(may), types: names(types) }]),
  );
}

describe("the import table", () => {
  const table = tableInReadme();

  it("is the same in src/README.md and in the linter", () => {
    const inLinter = Object.entries(layers).map(([folder, { may, types }]) => [
      folder,
      { may, types: types ?? [] },
    ]);
    expect(table).toEqual(Object.fromEntries(inLinter));
  });

  it("names every folder of src/", () => {
    const real = readdirSync(path.join(root, "src"), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(real.filter((name) => !folders.includes(name))).toEqual([]);
  });

  it("has no circle of values", () => {
    const place = new Map();
    const depth = (folder) => {
      if (place.get(folder) === "open") throw new Error(`a circle through ${folder}`);
      if (place.has(folder)) return;
      place.set(folder, "open");
      layers[folder].may.forEach(depth);
      place.set(folder, "done");
    };
    expect(() => folders.forEach(depth)).not.toThrow();
  });

  // One file a folder and kind of import; line n imports the n-th folder.
  describe("holds for every pair of folders", () => {
    const kinds = {
      values: (from, n) => `export { a as a${n} } from "${from}";`,
      types: (from, n) => `export type { A as A${n} } from "${from}";`,
      later: (from, n) => `export const a${n} = () => import("${from}");`,
      inline: (from, n) => `export type A${n} = import("${from}").A;`,
    };
    const kindNames = Object.keys(kinds);
    let found;
    const file = (folder, kind) => `src/${folder}/${kind}.ts`;
    const address = (from, to) => `${"../".repeat(from.split("/").length)}${to}/thing.ts`;

    beforeAll(() => {
      const files = {};
      for (const from of folders)
        for (const kind of kindNames)
          files[file(from, kind)] = folders.map((to, n) => kinds[kind](address(from, to), n)).join("\n");
      const all = lint(files);
      if (all.some(({ rule }) => rule === "syntax")) throw new Error("the planted imports do not parse");
      found = new Set(
        all.filter(({ rule }) => rule === "import-table").map(({ file: name, line }) => `${name}:${line}`),
      );
    });

    it.each(folders)("%s", (from) => {
      const { may, types } = table[from];
      const free = from === "views/kit" || leaves.includes(from) ? ["language"] : leaves;
      folders.forEach((to, index) => {
        const value = to === from || may.includes(to) || free.includes(to);
        for (const kind of kindNames) {
          const allowed = value || ((kind === "types" || kind === "inline") && types.includes(to));
          expect(
            `${to} by ${kind}: ${found.has(`${file(from, kind)}:${index + 1}`) ? "refused" : "allowed"}`,
          ).toBe(`${to} by ${kind}: ${allowed ? "allowed" : "refused"}`);
        }
      });
    });
  });
});

describe("the bans", () => {
  /** Where, what, and the rule that must find it. */
  const planted = [
    [
      "src/models/tf.ts",
      'import { add } from "@tensorflow/tfjs-core";\nexport const a = add;',
      "import-table",
    ],
    [
      "src/train/tf.ts",
      'import type { Tensor } from "@tensorflow/tfjs-core";\nexport type T = Tensor;',
      "import-table",
    ],
    ["workers/tf.ts", 'import { add } from "@tensorflow/tfjs-core";\nexport const a = add;', "import-table"],
    ["workers/page.ts", 'import { a } from "../src/store/state.ts";\nexport const b = a;', "import-table"],
    [
      "src/views/data/deep.ts",
      'import { a } from "../../quality/shape.ts";\nexport const b = a;',
      "import-table",
    ],
    ["src/views/data/worker.ts", 'export { a } from "../../../workers/train.worker.ts";', "import-table"],
    [
      "src/bridge/code.ts",
      'import { a } from "../../workers/train.worker.ts";\nexport const b = a;',
      "import-table",
    ],
    ["src/novel/a.ts", 'import { a } from "../table/table.ts";\nexport const b = a;', "import-table"],
    ["src/table/chance.ts", "export const a = Math.random();", "no-restricted-properties"],
    [
      "src/table/chance2.ts",
      "const { random } = Math;\nexport const a = random();",
      "no-restricted-properties",
    ],
    ["src/views/chance.ts", "export const a = Math.random();", "no-restricted-properties"],
    ["src/models/chance.test.ts", "export const a = Math.random();", "no-restricted-properties"],
    ["src/train/now.ts", "export const a = Date.now();", "no-clock"],
    ["src/train/new.ts", "export const a = new Date();", "no-clock"],
    ["src/train/call.ts", "export const a = Date();", "no-clock"],
    ["src/project/clock.ts", "export const a = performance.now();", "no-clock"],
    ["src/encode/say.ts", 'console.log("fitted");', "no-console"],
    ["src/views/say.ts", 'console.log("drawn");', "no-console"],
    ["src/table/page.ts", "export const a = document.title;", "no-restricted-globals"],
    ["src/table/page2.ts", "export const a = globalThis.document.title;", "no-restricted-globals"],
    ["src/engine/send.ts", 'export const a = fetch("/");', "no-restricted-globals"],
    ["workers/send.ts", 'export const a = new WebSocket("wss://example.org");', "no-restricted-globals"],
    ["src/app/keep.ts", 'localStorage.setItem("rows", "");', "no-restricted-globals"],
    ["src/app/start.ts", 'export const a = new Worker("w.js");', "no-restricted-globals"],
    [
      "src/engine/read.ts",
      "export const a = (t: { dataSync(): number[] }) => t.dataSync();",
      "no-restricted-properties",
    ],
    [
      "src/views/markup.ts",
      'export const a = (e: Element) => (e.innerHTML = "<b>");',
      "no-restricted-properties",
    ],
    [
      "src/views/Danger.tsx",
      'export const A = () => <p dangerouslySetInnerHTML={{ __html: "" }} />;',
      "no-danger",
    ],
    ["src/train/forgot.ts", "async function go(): Promise<void> {}\ngo();", "no-floating-promises"],
    ["src/train/forgot2.ts", "async function* g() { yield 1; }\ng().next();", "no-floating-promises"],
    ["src/table/any.ts", "export const a: any = 1;", "no-explicit-any"],
    ["src/table/code.ts", 'export const a = new Function("return 1");', "no-new-func"],
    ["src/table/default.ts", "export default 1;", "no-default-export"],
    ["src/table/all.ts", 'export * from "./any.ts";', "no-barrel-file"],
    ["src/table/round.ts", 'import { b } from "./trip.ts";\nexport const a = () => b;', "no-cycle"],
    ["src/table/trip.ts", 'import { a } from "./round.ts";\nexport const b = () => a;', "no-cycle"],
    [
      "src/table/value.ts",
      'import { T } from "./kinds.ts";\nexport const a: T = 1;',
      "consistent-type-imports",
    ],
    [
      "src/store/switch.ts",
      'export function f(x: "a" | "b"): number {\n  switch (x) {\n    case "a":\n      return 1;\n  }\n  return 0;\n}',
      "switch-exhaustiveness-check",
    ],
    [
      "src/table/only.test.ts",
      'import { it } from "vitest";\nit.only("works", () => {});',
      "no-focused-tests",
    ],
  ];
  /** What looks like the above and is right. */
  const allowed = {
    "src/table/kinds.ts": "export type T = number;",
    "src/engine/door.ts": 'export { add } from "@tensorflow/tfjs-core";',
    "src/models/use.ts": 'import { add } from "../engine/door.ts";\nexport const a = add;',
    "src/bridge/line.ts":
      'import url from "../../workers/train.worker.ts?worker&url";\nexport const a = () => new Worker(url);',
    "src/views/data/near.ts": 'import { a } from "../quality/panel.ts";\nexport const b = a;',
    "src/views/quality/panel.ts": "export const a = 1;",
    "src/datasets/calendar.ts": "export const a = new Date(Date.UTC(1850, 0, 1)).toISOString();",
    "src/app/clock.ts": "export const a = performance.now();",
    "src/train/far.test.ts": 'import { a } from "../views/data/near.ts";\nexport const b = [a, Date.now()];',
    "workers/address.ts":
      'import url from "@tensorflow/tfjs-backend-wasm/dist/simd.wasm?url";\nexport const a = url;',
    "scripts/say.mjs": 'console.log("done");',
  };
  let found;

  beforeAll(() => {
    found = lint({ ...Object.fromEntries(planted), ...allowed });
  });

  it.each(planted.map(([file, , rule]) => ({ file, rule })))("$file breaks $rule", ({ file, rule }) => {
    expect(found.filter((fault) => fault.file === file).map((fault) => fault.rule)).toContain(rule);
  });

  it("spare what is right", () => {
    expect(found.filter((fault) => fault.file in allowed)).toEqual([]);
  });

  it("say what to do instead", () => {
    const ours = found.filter(({ rule }) => /^(import-table|no-clock|no-restricted-)/.test(rule));
    expect(ours.length).toBeGreaterThan(20);
    for (const { words, file } of ours)
      expect(words, file).toMatch(
        /take |import |hand|send |render|await|Only |goes in|Nothing leaves|add a line/,
      );
  });
});

describe("tests that need a software GPU", () => {
  const tests = readdirSync(path.join(root, "src"), { recursive: true }).filter((file) =>
    file.endsWith(".test.ts"),
  );

  it("say so in their names, for those take turns", () => {
    const needing = tests.filter((file) =>
      /openDawn\("(swiftshader|llvmpipe)"/.test(readFileSync(path.join(root, "src", file), "utf8")),
    );
    expect(needing.length).toBeGreaterThan(5);
    expect(new Set(tests.filter((file) => file.endsWith(".gpu.test.ts")))).toEqual(new Set(needing));
  });
});
