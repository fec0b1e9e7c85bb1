/** A condition while a person writes it, and the condition that it says. */
import type { ColumnSummary } from "../../protocol/analysis.ts";
import type { Condition } from "../../table/condition.ts";

export interface ConditionDraft {
  /** Tells two drafts apart. */
  readonly id: number;
  readonly column: string;
  /** Categories: a spelling, and how many rows in a hundred have it. */
  readonly value: string;
  readonly percent: number;
  /** The value box says "missing". */
  readonly missing: boolean;
  /** Numbers and dates, in the column's own spelling; "" where there is no end. */
  readonly from: string;
  readonly to: string;
}

/** @param numeric the column holds numbers or dates. */
export function conditionOf(draft: ConditionDraft, numeric: boolean): Condition {
  const { column, value, missing, percent, from, to } = draft;
  if (!numeric) return { kind: "share", column, value: missing ? null : value, share: percent / 100 };
  return {
    kind: "range",
    column,
    ...(from.trim() !== "" && { from: from.trim() }),
    ...(to.trim() !== "" && { to: to.trim() }),
  };
}

/** What a new condition on a column begins with: the rarest value listed, or any number. */
export function blankFor({ name, histogram }: ColumnSummary): Omit<ConditionDraft, "id"> {
  const value = histogram.kind === "category" ? (histogram.labels.at(-1) ?? "") : "";
  return { column: name, value, percent: 100, missing: false, from: "", to: "" };
}
