/**
 * What rows that are asked for are to be like, as a person says it: in the
 * column's own spelling, a category or the share of one, a number or a range.
 */
import { t } from "../language/words.ts";
import { dateFormat } from "./date.ts";
import { parseNumber } from "./number.ts";
import { quoted } from "./said.ts";
import type { CategoryColumn, Column, ColumnType, DatetimeColumn, NumberColumn, Table } from "./table.ts";

export type Condition =
  /** So large a share of the rows, 0 to 1, has this value; null is a missing cell. What is left has other values. */
  | {
      readonly kind: "share";
      readonly column: string;
      readonly value: string | null;
      readonly share: number;
    }
  /** From and to are included; one of them may be absent. */
  | { readonly kind: "range"; readonly column: string; readonly from?: string; readonly to?: string };

/** Conditions understood, by column of a table. */
export type Demand =
  /** Shares of the values named, by spelling, in all at most 1. */
  | { readonly kind: "shares"; readonly at: number; readonly shares: ReadonlyMap<string | null, number> }
  | { readonly kind: "range"; readonly at: number; readonly from: number; readonly to: number };

/**
 * Reads "income=>50K", "sex=F:0.5" (half of the rows), "age=30..40", "age=30..", "age=41" and "city=" (missing).
 *
 * @param columns the table's, for names may hold "=" and only numbers and dates have ranges.
 * @throws Error in words.
 */
export function parseCondition(
  text: string,
  columns: readonly { readonly name: string; readonly type: ColumnType }[],
): Condition {
  const named = columns
    .filter(({ name }) => text.startsWith(`${name}=`))
    .toSorted((a, b) => b.name.length - a.name.length);
  const column = named[0];
  if (column === undefined) {
    const name = text.includes("=") ? text.slice(0, text.indexOf("=")) : text;
    throw new Error(
      text.includes("=")
        ? t`There is no column ${quoted(name)} to set. The columns: ${columns.map((each) => each.name).join(", ")}.`
        : t`A condition is a column, "=" and a value, such as income=>50K or age=30..40, and not ${quoted(text)}.`,
    );
  }
  const value = text.slice(column.name.length + 1);
  if (column.type === "number" || column.type === "datetime") {
    const [from = "", to] = value.split("..");
    const end = to ?? from;
    return {
      kind: "range",
      column: column.name,
      ...(from !== "" && { from }),
      ...(end !== "" && { to: end }),
    };
  }
  const [, spelling = value, share] = /^(.*):(\d*\.?\d+%?)$/s.exec(value) ?? [];
  return {
    kind: "share",
    column: column.name,
    value: spelling === "" ? null : spelling,
    share: share === undefined ? 1 : share.endsWith("%") ? Number(share.slice(0, -1)) / 100 : Number(share),
  };
}

/**
 * @param rows the rows that values must occur in: no model makes what it never saw.
 * @throws Error in words for the first condition that can't be met by any row.
 */
export function demandsOf(
  conditions: readonly Condition[],
  table: Table,
  rows: Int32Array,
): readonly Demand[] {
  const demands = new Map<number, Demand>();
  for (const condition of conditions) {
    const at = table.columns.findIndex(({ name }) => name === condition.column);
    const column = table.columns[at];
    if (column === undefined)
      throw new Error(
        t`There is no column ${quoted(condition.column)} among those that are learned: ${table.columns.map(({ name }) => name).join(", ")}.`,
      );
    const before = demands.get(at);
    if (condition.kind === "range") {
      if (column.type !== "number" && column.type !== "datetime")
        throw new Error(t`${quoted(column.name)} holds categories, which have no range. Name one of them.`);
      if (before !== undefined) throw new Error(t`${quoted(column.name)} can have one range only.`);
      demands.set(at, { kind: "range", at, ...boundsOf(condition, column, rows) });
    } else {
      if (column.type === "number" || column.type === "datetime")
        throw new Error(
          t`${quoted(column.name)} holds ${column.type === "number" ? t`numbers` : t`dates`}: say from where to where.`,
        );
      const shares = new Map(before?.kind === "shares" ? before.shares : []);
      shares.set(condition.value, shareOf(condition, column, rows));
      const total = [...shares.values()].reduce((sum, share) => sum + share, 0);
      if (total > 1 + 1e-9)
        throw new Error(
          t`The shares of ${quoted(column.name)} come to ${Math.round(100 * total)} %; they can't exceed 100 %.`,
        );
      demands.set(at, { kind: "shares", at, shares });
    }
  }
  return [...demands.values()];
}

function boundsOf(
  { from, to }: Extract<Condition, { kind: "range" }>,
  column: NumberColumn | DatetimeColumn,
  rows: Int32Array,
): { readonly from: number; readonly to: number } {
  const read = (text: string): number => {
    const value =
      column.type === "number"
        ? parseNumber(text.trim(), column.format)
        : dateFormat(column.pattern).parse(text.trim());
    // Somebody with a decimal comma in the file may still write a point, and the reverse.
    const plain = column.type === "number" && Number.isNaN(value) ? Number(text) : value;
    if (Number.isNaN(plain))
      throw new Error(
        t`${quoted(text)} can't be read as a ${column.type === "number" ? t`number` : t`date`} of ${quoted(column.name)}.`,
      );
    return plain;
  };
  const bounds = {
    from: from === undefined ? -Infinity : read(from),
    to: to === undefined ? Infinity : read(to),
  };
  if (bounds.from > bounds.to)
    throw new Error(t`The range of ${quoted(column.name)} ends before it begins: ${from} is above ${to}.`);
  if (!rows.some((row) => column.values[row]! >= bounds.from && column.values[row]! <= bounds.to))
    throw new Error(
      t`No training row has ${quoted(column.name)} ${rangeWords(from, to)}, so no model knows what such a row is like.`,
    );
  return bounds;
}

function shareOf(
  { value, share }: Extract<Condition, { kind: "share" }>,
  column: CategoryColumn,
  rows: Int32Array,
): number {
  if (!(share >= 0 && share <= 1))
    throw new Error(t`The share of a value is from 0 to 100 %; that of ${quoted(column.name)} is not.`);
  const code = value === null ? -1 : column.levels.indexOf(value);
  const seen = (code >= 0 || value === null) && rows.some((row) => column.codes[row] === code);
  if (seen || share === 0) return share;
  const known = [...new Set(Array.from(rows, (row) => column.codes[row]!))]
    .filter((each) => each >= 0)
    .map((each) => column.levels[each]!);
  const some = known.slice(0, 8).join(", ") + (known.length > 8 ? " …" : "");
  throw new Error(
    t`No training row has ${value === null ? t`a missing ${quoted(column.name)}` : `${quoted(column.name)} = ${quoted(value)}`}, so no model knows what such a row is like. Its values: ${some}.`,
  );
}

/** Whether a row of the columns meets every range; shares are not a matter of one row. */
export function inRanges(demands: readonly Demand[], columns: readonly Column[], row: number): boolean {
  return demands.every((demand) => {
    if (demand.kind !== "range") return true;
    const column = columns[demand.at]!;
    if (column.type !== "number" && column.type !== "datetime") return false;
    const value = column.values[row]!;
    return value >= demand.from && value <= demand.to;
  });
}

/** "income = >50K, 30 % with sex = F, age from 30 to 40". */
export function conditionWords(conditions: readonly Condition[]): string {
  return conditions
    .map((condition) => {
      if (condition.kind === "range")
        return `${condition.column} ${rangeWords(condition.from, condition.to)}`;
      const value = condition.value ?? "missing";
      const share = condition.share === 1 ? "" : t`${Number((100 * condition.share).toFixed(1))} % with `;
      return `${share}${condition.column} = ${value}`;
    })
    .join(", ");
}

function rangeWords(from: string | undefined, to: string | undefined): string {
  if (from === undefined) return to === undefined ? "present" : t`up to ${to}`;
  if (to === undefined) return t`from ${from} on`;
  return from === to ? `= ${from}` : t`from ${from} to ${to}`;
}
