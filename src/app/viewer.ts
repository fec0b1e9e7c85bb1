/** What showing a result takes; a part of its own, since most visits show none. */
import { matches } from "../share/fingerprint.ts";
import { isRunFile, sharedIn } from "../share/file.ts";
import { ShareRefusal } from "../share/refusal.ts";
import { readResult, type OpenedResult } from "../share/resultText.ts";
import type { Again, TableCheck } from "../store/actions.ts";
import { ResultPage as Page } from "../views/result/ResultPage.tsx";

export interface Viewed {
  readonly result: OpenedResult;
  /** To do the run again, or all those of a race. */
  readonly again: Again;
  /** Whether a table has the columns of the one that the result was made with. */
  readonly check: TableCheck;
  isRunFile(file: File): boolean;
}

/** The result, or why it can't be shown, in words. */
export async function openShared(packed: string): Promise<Viewed | string> {
  try {
    const result = await readResult(packed);
    const { runs, race, table } = result.result;
    return {
      result,
      again: { setups: runs.map(({ setup }) => setup), ...(race && { race }) },
      check: async (summary) => (table.fingerprint ? matches(summary, table.fingerprint) : undefined),
      isRunFile: (file) => isRunFile(file.name),
    };
  } catch (error) {
    return wordsOf(error);
  }
}

export async function openFile(
  file: File,
): Promise<{ readonly ok: true; readonly packed: string } | { readonly ok: false; readonly words: string }> {
  try {
    return { ok: true, packed: await sharedIn(file) };
  } catch (error) {
    return { ok: false, words: wordsOf(error) };
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof ShareRefusal) return error.message;
  throw error;
}

export { Page as ResultPage };
