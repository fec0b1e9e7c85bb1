/**
 * `npm test`: every check there is, from a fresh clone on. Installs what is missing
 * (packages, a Chromium), runs the stages below in order, goes on after a failure
 * so that one run tells everything, and ends with one line: N passed, N failed.
 *
 * `node scripts/test.mjs lint unit` runs only the stages that it names.
 */
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { install } from "./install.mjs";
import { fail, requireNode, root, runTool } from "./node.mjs";

const cache = path.join(root, ".cache");

/** A static check is one test. */
const once = (passed) => ({ passed: Number(passed), failed: Number(!passed), skipped: 0 });

/** Adds up results that were counted one by one. */
const sum = (results) =>
  results.reduce((total, result) => ({
    passed: total.passed + result.passed,
    failed: total.failed + result.failed,
    skipped: total.skipped + result.skipped,
  }));

/** What a test runner wrote to .cache/; an ending that its own counts do not explain is a failure too. */
function counted(file, ended, count) {
  let result;
  try {
    result = count(JSON.parse(readFileSync(path.join(cache, file), "utf8")));
  } catch {
    return once(false);
  }
  return !ended && result.failed === 0 ? { ...result, failed: 1 } : result;
}

const fileFailures = (report) =>
  report.testResults.filter(
    (file) => file.status === "failed" && file.assertionResults.every((test) => test.status !== "failed"),
  ).length;

/** @type {Record<string, () => { passed: number, failed: number, skipped: number }>} */
const stages = {
  types: () =>
    sum(
      ["core", "worker", "app", "node"].map((name) =>
        once(runTool("typescript/bin/tsc", ["-p", `tsconfig.${name}.json`])),
      ),
    ),
  lint: () => once(runTool("oxlint/bin/oxlint", [])),
  format: () => once(runTool("prettier/bin/prettier.cjs", ["--check", "--log-level", "warn", "."])),
  deadcode: () => once(runTool("knip/bin/knip.js", ["--no-progress"])),
  unit: () => {
    const ended = runTool("vitest/vitest.mjs", [
      "run",
      "--reporter=default",
      "--reporter=json",
      "--outputFile.json=.cache/vitest.json",
    ]);
    return counted("vitest.json", ended, (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests + fileFailures(report),
      skipped: report.numPendingTests + report.numTodoTests,
    }));
  },
  build: () => once(runTool("vite/bin/vite.js", ["build", "--logLevel", "warn"])),
  bundle: () => once(runTool("../scripts/bundle.mjs", [])),
  e2e: () => {
    const ended = runTool("@playwright/test/cli.js", ["test"], { CHROMIUM_PATH: chromiumPath });
    return counted("playwright.json", ended, ({ stats }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
    }));
  },
};
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
for (const file of ["vitest.json", "playwright.json"]) rmSync(path.join(cache, file), { force: true });

const lines = [];
const results = [];
let built = true;
for (const name of names) {
  const began = process.hrtime.bigint();
  process.stdout.write(`\n== ${name}\n`);
  const runs = built || !needBuild.has(name);
  if (!runs) process.stdout.write("Not run: the build failed.\n");
  const result = runs ? stages[name]() : once(false);
  if (name === "build") built = result.failed === 0;
  const seconds = (Number(process.hrtime.bigint() - began) / 1e9).toFixed(1);
  results.push(result);
  lines.push(
    `${result.failed === 0 ? "ok    " : "FAILED"} ${name.padEnd(9)} ${seconds.padStart(6)} s  ` +
      `${result.passed} passed, ${result.failed} failed${result.skipped > 0 ? `, ${result.skipped} skipped` : ""}`,
  );
}
const total = sum(results);
process.stdout.write(`\n${lines.join("\n")}\n\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
