/** What is written in the end, asked of the trained model a piece at a time: a million rows are never in memory at once. */
import { textSheet, type Sheet } from "../src/sessions/sheet.ts";
import type { Taking } from "../src/sessions/taking.ts";
import type { Sampler } from "../src/train/sampler.ts";
import { openOutput, whole } from "./files.ts";
import { Misuse, type Terminal } from "./terminal.ts";

/** What rows are drawn from: a trainer, or a model that was saved. */
type Maker = Pick<Sampler, "sample" | "heeds">;

export interface TakingOut {
  /**
   * Draws the rows and writes them. @returns what there is to say of them.
   * @param check called between pieces; it throws where they can no longer be trusted.
   */
  write(maker: Maker, out: string, terminal: Terminal, check: () => void): Promise<string>;
}

/**
 * Understood before hours are spent on training.
 * @throws Misuse in words where what is asked for can't be had from this table.
 */
export function takeOut(
  { delimiter, escapeFormulas }: { readonly delimiter: string; readonly escapeFormulas: boolean },
  open: (sheet: Sheet) => Taking,
): TakingOut {
  const texts: string[] = [];
  const sheet = textSheet({ delimiter }, escapeFormulas, (more) => void texts.push(...more));
  const taking = asWords(() => open(sheet));
  return {
    async write(maker, out, terminal, check) {
      const output = openOutput(out, terminal);
      let said = "";
      const flush = async (): Promise<void> => {
        for (const text of texts.splice(0)) await output.write(text);
      };
      await whole(output, async () => {
        for (let order = taking.order(); order !== undefined; order = taking.order())
          for await (const piece of maker.sample(order.rows, order.seed, order.given)) {
            check();
            taking.add(piece, maker.heeds);
            await flush();
            await terminal.rest();
          }
        said = taking.finish().note;
        await flush();
      });
      return said;
    },
  };
}

function asWords<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}
