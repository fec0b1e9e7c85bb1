/** What of a table's columns another table knows, in words. */
import { plural, t } from "../language/words.ts";

export interface MatchedColumn {
  readonly name: string;
  /** Of its parts (values of a category, states and scale of a number) so many are known, of how many. */
  readonly matched: number;
  readonly of: number;
}

/** Names that a sentence takes. */
const most = 4;

/** "12 of 15 columns carried over, 3 fresh: a, b and c. Of city 4 of 6 parts are known". */
export function saidOfMatched(columns: readonly MatchedColumn[]): string {
  const fresh = columns.filter(({ matched }) => matched === 0);
  const partly = columns.filter(({ matched, of }) => matched > 0 && matched < of);
  const known = columns.length - fresh.length;
  const carried =
    fresh.length === 0
      ? t`all ${plural(known, "column")} carried over`
      : t`${known} of ${plural(columns.length, "column")} carried over, ${fresh.length} fresh: ${listed(fresh.map(({ name }) => name))}`;
  if (partly.length === 0) return carried;
  return t`${carried}; only a part of ${listed(partly.map(({ name, matched, of }) => t`${name} (${matched} of ${of} values)`))}`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, most);
  const left = names.length - shown.length;
  if (left > 0) return t`${shown.join(", ")} and ${left} more`;
  return shown.length < 2 ? shown.join("") : t`${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}
