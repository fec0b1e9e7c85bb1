/** What is written in the end, asked of the trained model a piece at a time: a million rows are never in memory at once. */
import type { Prepared } from "../src/sessions/preparing.ts";
import { textSheet } from "../src/sessions/sheet.ts";
import { takeAway } from "../src/sessions/takeAway.ts";
import { parseCondition } from "../src/table/condition.ts";
import type { Trainer } from "../src/train/trainer.ts";
import type { Train } from "./arguments.ts";
import { openOutput, whole } from "./files.ts";
import { Misuse, type Terminal } from "./terminal.ts";

export interface TakingOut {
  /**
   * Draws the rows and writes them. @returns what there is to say of them.
   * @param check called between pieces; it throws where they can no longer be trusted.
   */
  write(trainer: Trainer, out: string, terminal: Terminal, check: () => void): Promise<string>;
}

/**
 * Understood before hours are spent on training.
 * @throws Misuse in words where what is asked for can't be had from this table.
 */
export function takeOut(asked: Train, prepared: Prepared): TakingOut {
  const { seed, fill, escapeFormulas, rows = prepared.table.rows } = asked;
  const texts: string[] = [];
  const sheet = textSheet(prepared, escapeFormulas, (more) => void texts.push(...more));
  const taking = asWords(() => {
    const conditions = asked.conditions.map((text) => parseCondition(text, prepared.table.columns));
    return takeAway(prepared, { rows, seed, conditions, fill }, sheet);
  });
  return {
    async write(trainer, out, terminal, check) {
      const output = openOutput(out, terminal);
      let said = "";
      const flush = async (): Promise<void> => {
        for (const text of texts.splice(0)) await output.write(text);
      };
      await whole(output, async () => {
        for (let order = taking.order(); order !== undefined; order = taking.order())
          for await (const piece of trainer.sample(order.rows, order.seed, order.given)) {
            check();
            taking.add(piece, trainer.heeds);
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
