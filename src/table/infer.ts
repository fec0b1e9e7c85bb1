/**
 * How a column is best read, from its text alone. The questions are asked in an
 * order of certainty: constant? two-valued? number? date? name of a row? prose?
 * What is left is a category. `infer.test.ts` holds the decisions as a table.
 */
import { plural, t } from "../language/words.ts";
import { detectDatePattern, type DateReading } from "./datePattern.ts";
import { isInfinity, isPlaceholder, levelCounts, missingTest } from "./missing.ts";
import { isBoolean, isLabel, isProse, namesRows, type Present } from "./nature.ts";
import { detectNumberFormat, type NumberReading } from "./number.ts";
import { quoted } from "./said.ts";
import type { ColumnType, DatePattern, NumberFormat, TextColumn } from "./table.ts";
import { warningsOf, type Warning } from "./warnings.ts";

export interface Inference {
  readonly type: ColumnType;
  /** Types that lose no cell, the inferred one first. */
  readonly possible: readonly ColumnType[];
  /** The marks the column was read with. */
  readonly missingMarks: readonly string[];
  /** The column's most common spelling of a missing cell, "" where none is missing. */
  readonly missingMark: string;
  /** Present where the column can be read as numbers or as dates. */
  readonly number?: NumberFormat;
  readonly date?: DatePattern;
  readonly warnings: readonly Warning[];
  /** Why the column is off by default; "" where it is on. */
  readonly reason: string;
  /** What was decided on thin evidence or read as missing beyond the marks; for the person to check. */
  readonly notes: readonly string[];
}

/** A column's type when read as numbers or dates, and what that reading leaves out. */
interface Reading {
  readonly lost: readonly number[];
  readonly notes: readonly string[];
  readonly mark: string | undefined;
}

/**
 * @param rows number of rows in the table (`column.codes.length`).
 */
export function inferColumn(
  column: TextColumn,
  rows: number,
  { missingMarks }: { readonly missingMarks: readonly string[] },
): Inference {
  const isMissing = missingTest(missingMarks);
  const all = levelCounts(column);
  const kept: number[] = [];
  const marks: string[] = [];
  let missingMark = "";
  let most = 0;
  column.levels.forEach((level, i) => {
    if (all[i] === 0) return;
    if (!isMissing(level)) {
      kept.push(i);
      return;
    }
    marks.push(level);
    if (all[i]! > most) [missingMark, most] = [level, all[i]!];
  });
  const counts = kept.map((i) => all[i]!);
  const present: Present = {
    name: column.name,
    rows,
    texts: kept.map((i) => column.levels[i]!),
    counts,
    filled: counts.reduce((sum, n) => sum + n, 0),
  };
  const numbers = readNumbers(present);
  const dates = readDates(present);
  const type = decide(present, numbers, dates);
  const read = type === "number" ? numbers.reading : type === "datetime" ? dates.reading : undefined;
  const warnings = warningsOf(present, type, numbers.detected.tooBig);
  return {
    type,
    possible: possibleTypes(present, type, numbers, dates),
    missingMarks,
    missingMark: most === 0 ? (read?.mark ?? "") : missingMark,
    ...(numbers.usable ? { number: numbers.detected.format } : {}),
    ...(dates.detected !== undefined && dates.usable ? { date: dates.detected.pattern } : {}),
    warnings,
    reason: type === "identifier" || type === "text" || type === "constant" ? (warnings[0]?.text ?? "") : "",
    notes: [...(read?.notes ?? []), ...spellingsNote(marks, missingMark)],
  };
}

/** A column writes its missing cells in one way; where the file has several, the person should know. */
function spellingsNote(marks: readonly string[], kept: string): readonly string[] {
  if (marks.length < 2) return [];
  const named = marks.slice(0, 3).map((mark) => (mark === "" ? "empty" : quoted(mark)));
  return [
    t`Missing cells are spelled in ${marks.length} ways (${named.join(", ")}${marks.length > 3 ? ", …" : ""}); ` +
      t`they are written back as ${kept === "" ? t`empty` : quoted(kept)}.`,
  ];
}

interface Numbers {
  readonly detected: NumberReading;
  readonly reading: Reading;
  /** Enough cells are numbers for the column to count as numeric. */
  readonly usable: boolean;
  readonly lossless: boolean;
}

interface Dates {
  readonly detected: DateReading | undefined;
  readonly reading: Reading;
  readonly usable: boolean;
  readonly lossless: boolean;
}

function readNumbers(present: Present): Numbers {
  const detected = detectNumberFormat(present.texts);
  const infinite = present.texts.flatMap((text, i) => (isInfinity(text) ? [i] : []));
  const lost = [...new Set([...detected.unread, ...infinite])];
  const reading = readingOf(present, lost, "numbers");
  const notes = [...reading.notes];
  const { format } = detected;
  if (detected.ambiguous) {
    const comma = format.decimalMark === ",";
    notes.push(
      t`A comma in these numbers was taken for a ${comma ? t`decimal comma` : t`thousands separator`}; nothing in the column tells for sure.`,
    );
  }
  if (detected.tooLong > 0) {
    notes.push(t`${plural(detected.tooLong, "number")} with more than 17 digits kept only to the 17th.`);
  }
  const exact = detected.codes === 0 && detected.tooBig === 0;
  return {
    detected,
    reading: { ...reading, notes },
    usable: exact && acceptable(present, lost),
    lossless:
      exact && lost.every((i) => isPlaceholder(present.texts[i]!)) && lost.length < present.texts.length,
  };
}

function readDates(present: Present): Dates {
  const detected = detectDatePattern(present.texts);
  const lost = detected?.unread ?? [];
  const reading = readingOf(present, lost, "dates");
  const notes = [...reading.notes];
  if (detected?.ambiguous === true) {
    const first = detected.pattern.startsWith("d") ? "day" : "month";
    notes.push(
      t`Day and month can't be told apart here; the ${first} was taken to come first (${detected.pattern}).`,
    );
  }
  const whole = detected !== undefined && lost.length < present.texts.length;
  return {
    detected,
    reading: { ...reading, notes },
    usable: whole && acceptable(present, lost),
    lossless: whole && lost.every((i) => isPlaceholder(present.texts[i]!)),
  };
}

/** May these cells be read as missing? Placeholders and infinities may; so may a stray few among many. */
function acceptable(present: Present, lost: readonly number[]): boolean {
  if (lost.length === present.texts.length) return false;
  const odd = lost.filter((i) => !isPlaceholder(present.texts[i]!) && !isInfinity(present.texts[i]!));
  const cells = odd.reduce((sum, i) => sum + present.counts[i]!, 0);
  return odd.length === 0 || (cells <= 0.01 * present.filled && present.texts.length - lost.length >= 50);
}

function readingOf(present: Present, lost: readonly number[], as: string): Reading {
  const told = [...lost].sort((a, b) => present.counts[b]! - present.counts[a]!);
  const cells = told.reduce((sum, i) => sum + present.counts[i]!, 0);
  const named = told
    .slice(0, 3)
    .map((i) => quoted(present.texts[i]!))
    .join(", ");
  return {
    lost,
    mark: told.map((i) => present.texts[i]!).find(isPlaceholder),
    notes:
      cells === 0
        ? []
        : [
            t`${plural(cells, "cell")} that ${cells === 1 ? t`is` : t`are`} not ${as} (${named}${told.length > 3 ? ", …" : ""}) read as missing.`,
          ],
  };
}

function decide(present: Present, numbers: Numbers, dates: Dates): ColumnType {
  if (present.texts.length <= 1) return "constant";
  if (isBoolean(present)) return "boolean";
  if (dates.usable && (!numbers.usable || looksLikeCompactDates(present, dates))) return "datetime";
  if (numbers.usable)
    return namesRows(present, numbers.detected.format, present.texts.length - numbers.reading.lost.length)
      ? "identifier"
      : "number";
  if (isProse(present)) return "text";
  return isLabel(present) ? "identifier" : "category";
}

/** 20240131 is both; a column of nothing but such days is dates. */
function looksLikeCompactDates(present: Present, dates: Dates): boolean {
  return dates.detected!.pattern !== "yyyyMMdd" || (dates.lossless && present.texts.length >= 3);
}

function possibleTypes(
  present: Present,
  type: ColumnType,
  numbers: Numbers,
  dates: Dates,
): readonly ColumnType[] {
  const types: ColumnType[] = [type];
  if (numbers.lossless || numbers.usable) types.push("number");
  if (dates.lossless && dates.detected !== undefined) types.push("datetime");
  if (present.texts.length === 2) types.push("boolean");
  types.push("category", "identifier", "text");
  if (present.texts.length <= 1) types.push("constant");
  return [...new Set(types)];
}
