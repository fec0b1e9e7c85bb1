/** Reads text columns as what a person takes them for. A column can be re-read as often as its type is changed. */
import { dateFormat } from "./date.ts";
import { detectDatePattern } from "./datePattern.ts";
import type { Inference } from "./infer.ts";
import { isPlaceholder, levelCounts, missingTest } from "./missing.ts";
import { detectNumberFormat, parseNumber } from "./number.ts";
import type { CategoryColumn, Column, ColumnType, Table, TextColumn, TextTable } from "./table.ts";

/**
 * The column read as `type`. Cells that cannot be read so become missing; with a
 * type out of `inference.possible` there are none but placeholders such as "-".
 */
export function readColumn(column: TextColumn, type: ColumnType, inference: Inference): Column {
  if (type === "number") return readNumbers(column, inference);
  if (type === "datetime") return readDates(column, inference);
  return readCategories(column, type, inference);
}

/** How to read one column: its inference, and the person's choice of type if there is one. */
export interface ColumnChoice {
  readonly inference: Inference;
  readonly type?: ColumnType;
}

/** @param choices one per column, in the table's order. */
export function readTable(text: TextTable, choices: readonly ColumnChoice[]): Table {
  if (choices.length !== text.columns.length) throw new Error("readTable needs one choice per column.");
  const columns = text.columns.map((column, i) => {
    const { inference, type = inference.type } = choices[i]!;
    return readColumn(column, type, inference);
  });
  return { columns, rows: text.rows };
}

/** The rows at these positions, in this order; a position may come more than once. */
export function selectRows(table: Table, rows: Int32Array): Table {
  const columns = table.columns.map((column): Column => {
    if (column.type === "number" || column.type === "datetime") {
      const values = new Float64Array(rows.length);
      for (let i = 0; i < rows.length; i++) values[i] = column.values[rows[i]!]!;
      return { ...column, values };
    }
    const codes = new Int32Array(rows.length);
    for (let i = 0; i < rows.length; i++) codes[i] = column.codes[rows[i]!]!;
    return { ...column, codes };
  });
  return { columns, rows: rows.length };
}

function readNumbers(column: TextColumn, inference: Inference): Column {
  const present = presentTexts(column, inference);
  const format = inference.number ?? detectNumberFormat(present).format;
  const isMissing = missingTest(inference.missingMarks);
  const values = column.levels.map((level) => (isMissing(level) ? NaN : parseNumber(level, format)));
  return {
    type: "number",
    name: column.name,
    missingMark: markOf(column, inference),
    values: valuesOf(column.codes, values),
    format,
  };
}

/** The value of every cell, from that of every level. */
function valuesOf(codes: Int32Array, ofLevel: readonly number[]): Float64Array {
  const values = new Float64Array(codes.length);
  for (let row = 0; row < codes.length; row++) values[row] = ofLevel[codes[row]!]!;
  return values;
}

function readDates(column: TextColumn, inference: Inference): Column {
  const present = presentTexts(column, inference);
  const pattern = inference.date ?? detectDatePattern(present)?.pattern ?? "yyyy-MM-dd";
  const format = dateFormat(pattern);
  const isMissing = missingTest(inference.missingMarks);
  const values = column.levels.map((level) => (isMissing(level) ? NaN : format.parse(level)));
  return {
    type: "datetime",
    name: column.name,
    missingMark: markOf(column, inference),
    values: valuesOf(column.codes, values),
    pattern,
  };
}

function readCategories(
  column: TextColumn,
  type: CategoryColumn["type"],
  inference: Inference,
): CategoryColumn {
  const isMissing = missingTest(inference.missingMarks);
  const levels: string[] = [];
  const moved = Int32Array.from(column.levels, (level) => (isMissing(level) ? -1 : levels.push(level) - 1));
  return {
    type,
    name: column.name,
    missingMark: inference.missingMark,
    codes: column.codes.map((code) => moved[code]!),
    levels,
  };
}

function presentTexts(column: TextColumn, { missingMarks }: Inference): readonly string[] {
  const isMissing = missingTest(missingMarks);
  return column.levels.filter((level) => !isMissing(level));
}

/** Of a column chosen to be numbers or dates: "-" may be what it writes for missing, even if no cell is empty. */
function markOf(column: TextColumn, inference: Inference): string {
  if (inference.missingMark !== "") return inference.missingMark;
  const isMissing = missingTest(inference.missingMarks);
  const counts = levelCounts(column);
  if (column.levels.some((level, i) => counts[i]! > 0 && isMissing(level))) return "";
  return column.levels.find((level, i) => counts[i]! > 0 && isPlaceholder(level)) ?? "";
}
