/** Playwright's reporter for `npm test`: how many passed, and what failed with its words, in .cache/e2e.json. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { words } from "./failures.mjs";
import { root } from "./node.mjs";

export default class E2eReport {
  outside = [];

  onBegin(_, suite) {
    this.suite = suite;
  }

  /** What fails outside of a test: a file that doesn't load, a server that doesn't start. */
  onError(error) {
    this.outside.push({ name: "outside of any test", message: words(error) });
  }

  onEnd() {
    const tests = this.suite?.allTests() ?? [];
    const failed = tests.filter((test) => test.outcome() === "unexpected");
    const skipped = tests.filter((test) => test.outcome() === "skipped");
    const failure = (test) => ({
      name: `${path.relative(root, test.location.file)} > ${test.title}`,
      message: test.results.flatMap(({ errors }) => errors.map(words)).join("\n"),
    });
    // What passed at its second try is no failure, but nobody should have to look for it.
    const retried = tests
      .filter((test) => test.outcome() === "flaky")
      .map((test) => ({ ...failure(test), retried: true }));
    const outright = [...failed.map(failure), ...this.outside];
    mkdirSync(path.join(root, ".cache"), { recursive: true });
    writeFileSync(
      path.join(root, ".cache/e2e.json"),
      JSON.stringify({
        passed: tests.length - failed.length - skipped.length,
        failed: outright.length,
        skipped: skipped.length,
        failures: [...outright, ...retried],
      }),
    );
  }

  printsToStdio() {
    return false;
  }
}
