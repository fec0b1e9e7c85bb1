/** The command line as a function: words in, an exit code out, and whatever goes wrong in one sentence. */
import { version } from "../package.json";
import { CsvCancelled } from "../src/table/refusal.ts";
import { parseCommand, topicOf } from "./arguments.ts";
import { helpOn } from "./help.ts";
import { models } from "./models.ts";
import { done, failed, interrupted, Misuse, misused, Stopped, type Terminal } from "./terminal.ts";

/** @param args what follows the program's name. @returns the exit code. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const command = parseCommand(args);
    switch (command.kind) {
      case "help":
        await terminal.out(helpOn(command.topic));
        return done;
      case "version":
        await terminal.out(`likeness ${version}\n`);
        return done;
      case "models":
        return await models(command, terminal);
      case "train": {
        // TensorFlow.js is loaded for nothing less.
        const { train } = await import("./train.ts");
        return await train(command, terminal);
      }
      case "sample": {
        const { sample } = await import("./sample.ts");
        return await sample(command, terminal);
      }
      case "score": {
        const { score } = await import("./score.ts");
        return await score(command, terminal);
      }
      case "export": {
        const { exportRun } = await import("./export.ts");
        return await exportRun(command, terminal);
      }
      default:
        command satisfies never;
        return failed;
    }
  } catch (error) {
    if (error instanceof CsvCancelled || error instanceof Stopped) return interrupted;
    const message = error instanceof Error ? error.message : String(error);
    const misuse = error instanceof Misuse;
    const topic = topicOf(args);
    const hint = misuse ? `\nSee likeness ${topic === undefined ? "" : `${topic} `}--help.` : "";
    terminal.say(`likeness: ${message}${hint}\n`);
    if (args.includes("--debug") && error instanceof Error) terminal.say(`${error.stack}\n`);
    return misuse ? misused : failed;
  }
}
