/**
 * `npm test`: every check there is, from a fresh clone on. Installs what is missing
 * (packages, a Chromium), runs the stages below in order, goes on after a failure
 * so that one run tells everything, and ends with what failed and why, a line a
 * stage, and one line: N passed, N failed.
 *
 * `node scripts/test.mjs lint unit` runs only the stages that it names.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { lastLines, summary } from "./failures.mjs";
import { install } from "./install.mjs";
import { fail, hearTool, requireNode, root } from "./node.mjs";

const cache = path.join(root, ".cache");

/** @typedef {{ name: string, message: string, retried?: boolean }} Failure what failed, if only at first, and what it said */
/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly Failure[] }} Result */

/** A static check is one test, and its last words are why it failed. @returns {Promise<Result>} */
async function check(name, script, args = []) {
  const { ended, said } = await hearTool(script, args, {}, false);
  if (said.trim() !== "") process.stdout.write(`\n-- ${name}\n${said}`);
  const failures = ended ? [] : [{ name, message: lastLines(said) }];
  return { passed: Number(ended), failed: Number(!ended), skipped: 0, failures };
}

/** Adds up results that were counted one by one. */
const sum = (results) =>
  results.reduce((total, result) => ({
    passed: total.passed + result.passed,
    failed: total.failed + result.failed,
    skipped: total.skipped + result.skipped,
    failures: [...total.failures, ...result.failures],
  }));

/**
 * What a test runner's report in .cache/ says; an ending that its own counts do not explain is a failure too.
 *
 * @returns {Promise<Result>}
 */
async function counted(report, script, args, env) {
  const { ended, said } = await hearTool(script, args, env);
  const unexplained = { name: `${args[0]} ended early`, message: lastLines(said) };
  let result;
  try {
    result = JSON.parse(readFileSync(path.join(cache, report), "utf8"));
  } catch {
    return { passed: 0, failed: 1, skipped: 0, failures: [unexplained] };
  }
  return !ended && result.failed === 0 ? { ...result, failed: 1, failures: [unexplained] } : result;
}

/** A port that nobody has now: another run of these tests may be under way on this machine. @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer().on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });

/** @type {Record<string, () => Promise<Result>>} */
const stages = {
  types: async () => {
    const results = [];
    for (const name of ["core", "worker", "app", "node"])
      results.push(await check(name, "typescript/bin/tsc", ["-p", `tsconfig.${name}.json`]));
    return sum(results);
  },
  lint: () => check("oxlint", "oxlint/bin/oxlint"),
  format: () => check("prettier", "prettier/bin/prettier.cjs", ["--check", "--log-level", "warn", "."]),
  deadcode: () => check("knip", "knip/bin/knip.js", ["--no-progress"]),
  unit: () =>
    counted("unit.json", "vitest/vitest.mjs", [
      "run",
      "--reporter=default",
      "--reporter=./scripts/unitReport.mjs",
    ]),
  build: () => check("vite build", "vite/bin/vite.js", ["build", "--logLevel", "warn"]),
  bundle: () => check("bundle", "../scripts/bundle.mjs"),
  e2e: async () =>
    counted("e2e.json", "@playwright/test/cli.js", ["test"], {
      CHROMIUM_PATH: chromiumPath,
      E2E_PORT: process.env.E2E_PORT ?? String(await freePort()),
    }),
};
/** What looks at files only, on one core: these run two at a time. */
const sideBySide = new Set(["types", "lint", "format", "deadcode", "build"]);
/** Without a build these have nothing to look at. */
const needBuild = new Set(["bundle", "e2e"]);

requireNode();
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in stages));
if (unknown.length > 0)
  fail(`There is no stage “${unknown.join("”, “")}”. The stages are ${Object.keys(stages).join(", ")}.`);
const names = Object.keys(stages).filter((name) => asked.length === 0 || asked.includes(name));

install();
const { ensureChromium } = await import("./chromium.mjs");
const chromiumPath = names.includes("e2e") ? ensureChromium() : "";
mkdirSync(cache, { recursive: true });
for (const file of ["unit.json", "e2e.json"]) rmSync(path.join(cache, file), { force: true });

const notRun = {
  passed: 0,
  failed: 1,
  skipped: 0,
  failures: [{ name: "not run", message: "The build failed." }],
};
/** Runs a stage, and says how it went. */
async function stage(name) {
  const began = process.hrtime.bigint();
  process.stdout.write(`\n== ${name}\n`);
  const result = built || !needBuild.has(name) ? await stages[name]() : notRun;
  if (name === "build") built = result.failed === 0;
  const seconds = (Number(process.hrtime.bigint() - began) / 1e9).toFixed(1);
  const counts = `${result.passed} passed, ${result.failed} failed`;
  const skips = result.skipped > 0 ? `, ${result.skipped} skipped` : "";
  return {
    ...result,
    failures: result.failures.map((failure) => ({ stage: name, ...failure })),
    line: `${result.failed === 0 ? "ok    " : "FAILED"} ${name.padEnd(9)} ${seconds.padStart(6)} s  ${counts}${skips}`,
  };
}

let built = true;
const done = new Map();
/** Takes the next of these until none is left. */
async function work(left) {
  for (let name = left.shift(); name !== undefined; name = left.shift()) done.set(name, await stage(name));
}
const still = names.filter((name) => sideBySide.has(name));
await Promise.all([work(still), work(still)]);
await work(names.filter((name) => !sideBySide.has(name)));
const results = names.map((name) => done.get(name));
const total = sum(results);
const failed = summary(total.failures).map((line) => `${line}\n`);
process.stdout.write(
  `\n${failed.join("")}\n${results.map(({ line }) => line).join("\n")}\n\n${total.passed} passed, ${total.failed} failed\n`,
);
process.exitCode = total.failed === 0 ? 0 : 1;
