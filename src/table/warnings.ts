/** What a person should know about a column before learning from it. */
import { count, plural, t } from "../language/words.ts";
import type { Present } from "./nature.ts";
import { quoted } from "./said.ts";
import type { ColumnType } from "./table.ts";

export type ColumnWarning =
  | "identifier"
  | "near-unique"
  | "constant"
  | "mostly-missing"
  | "free-text"
  | "rare-categories"
  | "big-integers";

export interface Warning {
  readonly kind: ColumnWarning;
  readonly text: string;
}

/** Rows below which a category could single people out; the privacy floor of the rare-value rules. */
export const rareBelow = 5;

/** @param tooBig integers in the column that a double would round. */
export function warningsOf(present: Present, type: ColumnType, tooBig: number): readonly Warning[] {
  const warnings: Warning[] = [];
  const distinct = present.texts.length;
  const missing = present.rows - present.filled;
  const share = distinct / Math.max(present.filled, 1);
  if (type === "constant") {
    const text =
      distinct === 0
        ? t`Every cell is missing.`
        : t`Every ${missing > 0 ? t`filled ` : ""}cell is the same (${quoted(present.texts[0]!)}): there is nothing to learn.`;
    warnings.push({ kind: "constant", text });
  }
  if (type === "identifier") {
    const text =
      share >= 0.999
        ? t`Every row has its own value: it names rows and has no pattern to learn, and copying it would point at people.`
        : t`${count(distinct)} different values in ${plural(present.filled, "row")}: it names rows or people rather than describing them.`;
    warnings.push({ kind: "identifier", text });
  }
  if (type === "text") {
    warnings.push({
      kind: "free-text",
      text: t`Free text: these models learn numbers and categories, not sentences.`,
    });
  }
  if (type === "category" && distinct >= 50 && share > 0.2) {
    warnings.push({
      kind: "near-unique",
      text: t`${count(distinct)} categories in ${plural(present.filled, "row")}: most are too rare to learn.`,
    });
  }
  if (present.filled > 0 && missing >= 0.5 * present.rows) {
    warnings.push({
      kind: "mostly-missing",
      text: t`${Math.floor((100 * missing) / present.rows)} % of the cells are missing.`,
    });
  }
  if (type === "category") {
    const rare = present.counts.filter((n) => n < rareBelow).length;
    if (rare > 0) {
      const has = rare === 1 ? t`1 category has` : t`${count(rare)} categories have`;
      warnings.push({ kind: "rare-categories", text: t`${has} fewer than ${rareBelow} rows.` });
    }
  }
  if (tooBig > 0 && type !== "number") {
    warnings.push({
      kind: "big-integers",
      text: t`Whole numbers beyond ${count(Number.MAX_SAFE_INTEGER)} can't be calculated with exactly, so they are kept as text.`,
    });
  }
  return warnings;
}
