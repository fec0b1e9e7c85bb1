/** A run that `likeness train --save` kept, from its file. */
import { readRun, RunRefusal, type SavedRun } from "../src/sessions/runFile.ts";
import { nameOf, openInput } from "./files.ts";
import type { Terminal } from "./terminal.ts";

/** @throws Misuse where there is no such file, Error in words where it is no saved run. */
export const openSaved = (file: string, terminal: Terminal): Promise<SavedRun> =>
  named(file, async () => readRun(await (await openInput(file, terminal)).text()));

/** A refusal is about the file, which the person knows by its name. */
export async function named<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RunRefusal) throw new Error(`${nameOf(file)} ${error.message}`, { cause: error });
    throw error;
  }
}
