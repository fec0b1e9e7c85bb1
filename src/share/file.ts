/**
 * A run's file, `.likeness.json`: what is shared of the run stands in front, and
 * its weights, where they come along, after it. A page that only shows the run
 * reads no further than the front, so that no value of the table gets into it.
 */
import { t } from "../language/words.ts";
import { longestLink } from "./pack.ts";
import { foreign, ShareRefusal } from "./refusal.ts";

export const fileEnding = ".likeness.json";

/** The same version as a saved run has (`sessions/runFile`). */
const version = 1;

/** A run's file without weights. */
export const fileText = (packed: string): string =>
  `${JSON.stringify({ likeness: version, shared: packed })}\n`;

/** What may be a run's file, going by its name. */
export const isRunFile = (name: string): boolean => /\.json$/iu.test(name);

/** What stands before the packed result, and a little more. */
const slack = 200;

/**
 * The packed result in a file.
 *
 * @throws ShareRefusal in words.
 */
export async function sharedIn(file: Blob): Promise<string> {
  const head = await file.slice(0, longestLink + slack).text();
  const found = /^\s*\{\s*"likeness"\s*:\s*\d+\s*,\s*"shared"\s*:\s*"([A-Za-z0-9_-]*)"/u.exec(head);
  if (found !== null) return found[1]!;
  if (/^\s*\{\s*"likeness"\s*:/u.test(head))
    throw new ShareRefusal(
      t`This run was saved from a terminal, without anything to show. It makes rows there: likeness sample.`,
    );
  throw foreign("");
}
