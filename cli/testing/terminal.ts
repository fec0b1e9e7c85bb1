/** A terminal that remembers what was written to it. */
import type { Terminal } from "../terminal.ts";

export interface Heard extends Terminal {
  readonly written: string;
  readonly said: string;
}

/** @param stdin what is typed into it. @param pressAfter Ctrl-C is pressed at so many rests; never where undefined. */
export function terminal(stdin = "", pressAfter = Infinity): Heard {
  let [written, said] = ["", ""];
  let [time, rests] = [0, 0];
  return {
    out: async (text) => void (written += text),
    say: (text) => void (said += text),
    columns: undefined,
    read: async () => new TextEncoder().encode(stdin),
    now: () => (time += 1),
    rest: async () => void rests++,
    get interrupted() {
      return rests >= pressAfter;
    },
    get written() {
      return written;
    },
    get said() {
      return said;
    },
  };
}

/** Thirty rows of a number and a category that goes with it. */
export const smallCsv = `size,kind\n${Array.from({ length: 30 }, (_, i) => `${(i * 7) % 30},${(i * 7) % 30 < 15 ? "low" : "high"}`).join("\n")}\n`;
