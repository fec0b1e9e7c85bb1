/**
 * `npm run test:explore`: the files with properties again and again, with new seeds each time; `npm test` holds to one.
 * `npm run test:explore -- 20` makes twenty rounds. What fails is named at the end, with its seed and counterexample:
 * put the case beside the property as one of its `examples`.
 */
import { readFileSync, readdirSync } from "node:fs";
import path from "node:path";
import { summary } from "./failures.mjs";
import { fail, hearTool, root } from "./node.mjs";

const rounds = Number(process.argv[2] ?? 5);
if (!Number.isInteger(rounds) || rounds < 1)
  fail(`How many rounds? A whole number from 1, not “${process.argv[2]}”.`);

const files = readdirSync(path.join(root, "src"), { recursive: true })
  .map((name) => path.join("src", name))
  .filter((name) => /\.test\.tsx?$/.test(name))
  .filter((name) => readFileSync(path.join(root, name), "utf8").includes('from "fast-check"'));
const failures = [];
for (let round = 1; round <= rounds; round++) {
  await hearTool("vitest/vitest.mjs", ["run", "--silent", "--reporter=./scripts/unitReport.mjs", ...files], {
    PROPERTY_SEED: "fresh",
  });
  const report = JSON.parse(readFileSync(path.join(root, ".cache/unit.json"), "utf8"));
  process.stdout.write(`round ${round} of ${rounds}: ${report.passed} passed, ${report.failed} failed\n`);
  failures.push(...report.failures.map((failure) => ({ stage: `round ${round}`, ...failure })));
}
process.stdout.write(
  `\n${[...summary(failures), `${files.length} files, ${rounds} rounds, ${failures.length} failures`].join("\n")}\n`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
