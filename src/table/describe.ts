/** What the table view says about a column. */
import { plural, t } from "../language/words.ts";
import { dateFormat } from "./date.ts";
import { categoryHistogram, numericHistogram, type Histogram } from "./histogram.ts";
import type { Inference } from "./infer.ts";
import { formatNumber } from "./number.ts";
import { quoted } from "./said.ts";
import type { Column, ColumnType, DatePattern, NumberFormat } from "./table.ts";
import type { Warning } from "./warnings.ts";

/** Everything that `ColumnSummary` of protocol/analysis.ts holds; `include` is the default. */
export interface ColumnDescription {
  readonly name: string;
  readonly type: ColumnType;
  readonly inferred: ColumnType;
  readonly possible: readonly ColumnType[];
  readonly include: boolean;
  readonly reason: string;
  readonly missing: number;
  /** Distinct values that are not missing. */
  readonly distinct: number;
  readonly histogram: Histogram;
  readonly warnings: readonly Warning[];
  readonly describes: string;
  /** How a number or a date of the column is written; absent where it holds neither. */
  readonly spelling?:
    | { readonly type: "number"; readonly format: NumberFormat }
    | { readonly type: "datetime"; readonly pattern: DatePattern };
}

/**
 * @param column the column as it is read now, by inference or by a person's choice.
 * @param inference what its text says by itself.
 */
export function describeColumn(column: Column, inference: Inference): ColumnDescription {
  const facts = column.type === "number" || column.type === "datetime" ? ofValues(column) : ofCodes(column);
  const chosen = column.type !== inference.type;
  const reason = offByDefault(column.type) ? inference.reason || offReason(column.type) : "";
  const notes = chosen ? lossNote(column, facts.missing, inference) : inference.notes;
  return {
    name: column.name,
    type: column.type,
    inferred: inference.type,
    possible: inference.possible,
    include: !offByDefault(column.type) && facts.distinct > 0,
    reason: reason || (facts.distinct === 0 ? t`Every cell is missing.` : ""),
    ...facts,
    warnings: inference.warnings,
    describes: [facts.describes, ...notes].join(" · "),
    ...(column.type === "number" && { spelling: { type: column.type, format: column.format } }),
    ...(column.type === "datetime" && { spelling: { type: column.type, pattern: column.pattern } }),
  };
}

function offByDefault(type: ColumnType): boolean {
  return type === "identifier" || type === "text" || type === "constant";
}

function offReason(type: ColumnType): string {
  if (type === "identifier") return t`It names rows rather than describing them.`;
  if (type === "text") return t`Free text: these models learn numbers and categories, not sentences.`;
  return t`There is nothing to learn from a constant.`;
}

function lossNote(column: Column, missing: number, inference: Inference): readonly string[] {
  const lossless = inference.possible.includes(column.type);
  return lossless || missing === 0
    ? []
    : [t`${plural(missing, "cell")} missing or not readable as ${t(column.type)}`];
}

interface Facts {
  readonly missing: number;
  readonly distinct: number;
  readonly histogram: Histogram;
  readonly describes: string;
}

function ofValues(column: Extract<Column, { values: Float64Array }>): Facts {
  const { values } = column;
  const seen = new Set<number>();
  let missing = 0;
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (Number.isNaN(value)) {
      missing++;
      continue;
    }
    seen.add(value);
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const whole = column.type === "number" && column.format.decimals === 0;
  const write = column.type === "number" ? numberWriter(column.format) : dateFormat(column.pattern).format;
  const kind =
    column.type === "datetime"
      ? ""
      : whole
        ? t`, whole numbers`
        : `, ${plural(column.format.decimals, "decimal")}`;
  const range = low === high ? write(low) : t`${write(low)} to ${write(high)}`;
  return {
    missing,
    distinct: seen.size,
    histogram: numericHistogram(values, whole),
    describes: seen.size === 0 ? t`no values` : `${range}${kind}`,
  };
}

/** Ranges are for reading, so very large and small numbers are shortened. */
function numberWriter(format: Parameters<typeof formatNumber>[1]): (value: number) => string {
  return (value) =>
    Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-9)
      ? value.toPrecision(4)
      : formatNumber(value, { ...format, decimals: Math.min(format.decimals, 6) });
}

function ofCodes({ codes, levels, type }: Extract<Column, { codes: Int32Array }>): Facts {
  const used = new Set(codes);
  const distinct = used.has(-1) ? used.size - 1 : used.size;
  let missing = 0;
  for (const code of codes) if (code < 0) missing++;
  const first = [...used].filter((code) => code >= 0);
  const describes =
    distinct === 0
      ? t`no values`
      : type === "constant" || distinct === 1
        ? t`always ${quoted(levels[first[0]!]!)}`
        : type === "boolean" && distinct === 2
          ? first.map((code) => levels[code]!).join(t` or `)
          : type === "category" || type === "boolean"
            ? plural(distinct, "category", "categories")
            : plural(distinct, "different value");
  return { missing, distinct, histogram: categoryHistogram(codes, levels), describes };
}
