/** Vitest's reporter for `npm test`: how many passed, and what failed with its words, in .cache/unit.json. */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { words } from "./failures.mjs";
import { root } from "./node.mjs";

const nameOf = (module, part) =>
  part === module ? module.relativeModuleId : `${module.relativeModuleId} > ${part.fullName}`;

export default class UnitReport {
  onTestRunEnd(modules, unhandled) {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const inState = (state) => tests.filter((test) => test.result().state === state);
    const failure = (name, errors) => ({ name, message: errors.map(words).join("\n") });
    const failures = [
      ...inState("failed").map((test) => failure(nameOf(test.module, test), test.result().errors)),
      // What fails outside of a test: a file that doesn't load, a hook, a promise that nobody waited for.
      ...modules.flatMap((module) =>
        [module, ...module.children.allSuites()]
          .filter((part) => part.errors().length > 0)
          .map((part) => failure(nameOf(module, part), part.errors())),
      ),
      ...unhandled.map((error) => failure("an error that no test caught", [error])),
    ];
    mkdirSync(path.join(root, ".cache"), { recursive: true });
    writeFileSync(
      path.join(root, ".cache/unit.json"),
      JSON.stringify({
        passed: inState("passed").length,
        failed: failures.length,
        skipped: tests.length - inState("passed").length - inState("failed").length,
        failures,
      }),
    );
  }
}
