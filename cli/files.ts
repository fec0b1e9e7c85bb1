/** Files and the standard streams, the same to whoever reads or writes: "-" is stdin or stdout. */
import { createWriteStream, existsSync, openAsBlob, rmSync, statSync } from "node:fs";
import { rename } from "node:fs/promises";
import path from "node:path";
import { finished } from "node:stream/promises";
import { Misuse, type Terminal } from "./terminal.ts";

/** A file as sentences name it. */
export const nameOf = (file: string): string => (file === "-" ? "stdin" : file);

/** @throws Misuse where there is no such file. */
export async function openInput(file: string, terminal: Terminal): Promise<File> {
  if (file === "-") return new File([await terminal.read()], "stdin.csv");
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new Misuse(`There is no file ${file}.`);
  if (found.isDirectory()) throw new Misuse(`${file} is a folder; name a file.`);
  try {
    // Its bytes are read as they are needed.
    return new File([await openAsBlob(file)], path.basename(file));
  } catch (error) {
    throw inWords(`${file} can't be read`, error);
  }
}

export interface Output {
  /** Bytes go to files only. */
  write(content: string | Uint8Array): Promise<void>;
  /** All is written: the file is there under its name. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  abandon(): Promise<void>;
}

/**
 * Says beforehand what would fail at the end.
 * @throws Misuse where a file is there already, unless `force`, or its folder is not.
 */
export function checkOutput(file: string, force: boolean): void {
  if (file === "-") return;
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw new Misuse(`${file} is a folder; name a file.`);
  // Pipes and devices are there to be written to.
  if (found?.isFile() && !force)
    throw new Misuse(`${file} is there already. --force overwrites it; or name another file.`);
  const folder = path.dirname(file);
  if (!existsSync(folder)) throw new Misuse(`There is no folder ${folder} to write ${file} to.`);
}

/** A file is written under another name and renamed at the end, so that nobody meets half of it. */
export function openOutput(file: string, terminal: Terminal): Output {
  if (file === "-")
    return {
      write: async (content) => {
        if (typeof content !== "string") throw new Error("What is no text can't go to stdout; name a file.");
        await terminal.out(content);
      },
      finish: async () => {},
      abandon: async () => {},
    };
  const found = statSync(file, { throwIfNoEntry: false });
  const direct = found !== undefined && !found.isFile();
  const partial = direct ? file : `${file}.${process.pid}.part`;
  const stream = createWriteStream(partial, { encoding: "utf8" });
  // Heard by whoever writes next.
  let broken: Error | undefined;
  stream.on("error", (error) => (broken = error));
  // Whatever ends the process, half a file is not left.
  const clean = (): void => rmSync(partial, { force: true });
  if (!direct) process.once("exit", clean);
  const why = (error: unknown): Error => inWords(`${file} can't be written`, error);
  return {
    write: (content) =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) reject(why(broken));
        else stream.write(content, (error) => (error ? reject(why(error)) : resolve()));
      }),
    async finish() {
      try {
        stream.end();
        await finished(stream);
        if (!direct) await rename(partial, file);
        process.off("exit", clean);
      } catch (error) {
        throw why(error);
      }
    },
    async abandon() {
      stream.destroy();
      if (!direct) clean();
      process.off("exit", clean);
    },
  };
}

/** Finishes the file after the work that writes it, or leaves nothing where that fails. */
export async function whole(output: Output, work: () => Promise<void>): Promise<void> {
  try {
    await work();
    await output.finish();
  } catch (error) {
    await output.abandon();
    throw error;
  }
}

/** What the system calls such an error, for people. */
const reasons: Readonly<Record<string, string>> = {
  EACCES: "you may not",
  EPERM: "you may not",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
  EDQUOT: "your share of the disk is full",
  ENOENT: "it is not there",
};

function inWords(what: string, error: unknown): Error {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return new Error(`${what}: ${reasons[code] ?? message}.`, { cause: error });
}
