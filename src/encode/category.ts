/**
 * Columns of categories: one-hot, a missing cell as a category of its own, and
 * rare categories behind one shared position that stands for all of them.
 * Nothing is renamed: the shared position is decoded by drawing among its
 * members as often as each occurred, so every spelling that comes out is one
 * that went in.
 */
import type { Random } from "../random/random.ts";
import type { CategoryColumn, Column } from "../table/table.ts";
import type { Block, ColumnCoder, PartSpan } from "./coder.ts";
import { lastAtMost } from "./numeric.ts";

export interface CategoryState {
  readonly kind: "category";
  readonly name: string;
  readonly type: CategoryColumn["type"];
  readonly missingMark: string;
  /** Spellings seen in training rows, in the table's order, and how often each was. */
  readonly levels: readonly string[];
  readonly counts: readonly number[];
  /** Indexes of the levels with a position of their own; all others share one. */
  readonly kept: readonly number[];
  /** How many training cells were missing. */
  readonly missing: number;
}

/** A column of so few levels needs no grouping: one-hot stays short. */
const FEW_LEVELS = 10;

/**
 * @param rareCount levels seen fewer times than this share a position, if they are at least two. By default one in
 *   2,000 rows and at least 2, where there are more than ten levels.
 * @param maxCategories most positions, the shared one and "missing" included; at least 2.
 */
export function fitCategory(
  column: CategoryColumn,
  rows: Int32Array,
  rareCount: number | undefined,
  maxCategories: number,
): CategoryState {
  const seen = new Float64Array(column.levels.length);
  let missing = 0;
  for (const row of rows) {
    const code = column.codes[row]!;
    if (code >= 0) seen[code]!++;
    else missing++;
  }
  const levels: string[] = [];
  const counts: number[] = [];
  seen.forEach((count, code) => {
    if (count === 0) return;
    levels.push(column.levels[code]!);
    counts.push(count);
  });
  const usual = levels.length <= FEW_LEVELS ? 0 : Math.max(2, Math.ceil(rows.length / 2000));
  return {
    kind: "category",
    name: column.name,
    type: column.type,
    missingMark: column.missingMark,
    levels,
    counts,
    kept: chooseKept(counts, rareCount ?? usual, maxCategories - (missing > 0 ? 1 : 0)),
    missing,
  };
}

/** Levels that get a position of their own, in the table's order. A group of one would hide nothing, so it is kept too. */
function chooseKept(counts: readonly number[], rareCount: number, positions: number): number[] {
  const byCount = counts.map((_, level) => level).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const common = byCount.filter((level) => counts[level]! >= rareCount);
  const grouped = counts.length - common.length;
  const fits = common.length + Math.min(grouped, 1) <= positions;
  const kept = fits ? (grouped <= 1 ? byCount : common) : common.slice(0, Math.max(0, positions - 1));
  return kept.sort((a, b) => a - b);
}

export function openCategory(state: CategoryState): ColumnCoder {
  const { levels, counts, kept } = state;
  const positionOf = new Int32Array(levels.length).fill(kept.length);
  kept.forEach((level, position) => (positionOf[level] = position));
  const members = levels.map((_, level) => level).filter((level) => positionOf[level] === kept.length);
  // Running totals, so that a draw among 100,000 identifiers is a binary search.
  const upTo = new Float64Array(members.length);
  let grouped = 0;
  members.forEach((level, i) => {
    upTo[i] = grouped;
    grouped += counts[level]!;
  });

  const weights = kept.map((level) => counts[level]!);
  const labels = kept.map((level) => levels[level]!);
  if (members.length > 0) {
    weights.push(grouped);
    labels.push(`${members.length} rarer`);
  }
  const missingAt = state.missing > 0 ? weights.push(state.missing) - 1 : -1;
  if (missingAt >= 0) labels.push("missing");
  const width = weights.length < 2 ? 0 : weights.length;
  const commonest = weights.indexOf(Math.max(...weights));
  const unknownAt = members.length > 0 ? kept.length : commonest;

  const gap = missingAt >= 0 ? { missing: missingAt } : {};
  const spans: PartSpan[] =
    width === 0 ? [] : [{ kind: "category", start: 0, width, label: state.name, ...gap }];
  return {
    spans,
    width,
    places: width === 0 ? [] : placesOf(state, members.length > 0),
    encode(column, rows, block) {
      if (width === 0) return;
      const positions = positionsIn(asCategory(column, state.name), levels, positionOf, unknownAt);
      const codes = asCategory(column, state.name).codes;
      rows.forEach((row, i) => {
        const code = codes[row]!;
        // A column without gaps in training has no place for one; its commonest category stands in.
        const position = code >= 0 ? positions[code]! : missingAt >= 0 ? missingAt : commonest;
        block.values[i * block.stride + block.start + position] = 1;
      });
    },
    decode(block, random) {
      const codes = new Int32Array(block.rows);
      for (let i = 0; i < block.rows; i++) {
        const position = width === 0 ? 0 : drawPosition(block, i, 0, weights, random);
        if (position === missingAt) codes[i] = -1;
        else if (position < kept.length) codes[i] = kept[position]!;
        else codes[i] = members[lastAtMost(upTo, random.uniform() * grouped)]!;
      }
      return { name: state.name, type: state.type, missingMark: state.missingMark, codes, levels };
    },
  };
}

const placesOf = ({ levels, kept, missing }: CategoryState, grouped: boolean): string[] => [
  ...kept.map((level) => `=${levels[level]!}`),
  ...(grouped ? ["rarer"] : []),
  ...(missing > 0 ? ["missing"] : []),
];

/**
 * Draws a position of a span from the probabilities a model gave it. Negative
 * and NaN weights count as nothing; where nothing usable is left, the training
 * frequencies decide.
 *
 * @param offset the span's first position within the block; its width is `frequencies.length`.
 */
export function drawPosition(
  block: Block,
  row: number,
  offset: number,
  frequencies: readonly number[],
  random: Random,
): number {
  const first = row * block.stride + block.start + offset;
  let total = 0;
  for (let k = 0; k < frequencies.length; k++) {
    const weight = block.values[first + k]!;
    if (weight > 0) total += weight;
  }
  if (!(total > 0 && total < Infinity)) return random.pick(frequencies);
  let left = random.uniform() * total;
  let drawn = 0;
  for (let k = 0; k < frequencies.length; k++) {
    const weight = block.values[first + k]!;
    if (!(weight > 0)) continue;
    drawn = k;
    left -= weight;
    if (left < 0) break;
  }
  return drawn;
}

/** The position of each of the column's own codes, matched by spelling: another table may number its levels otherwise. */
function positionsIn(
  column: CategoryColumn,
  levels: readonly string[],
  positionOf: Int32Array,
  unknownAt: number,
): Int32Array {
  if (column.levels === levels) return positionOf;
  const known = new Map(levels.map((level, i) => [level, positionOf[i]!]));
  return Int32Array.from(column.levels, (level) => known.get(level) ?? unknownAt);
}

function asCategory(column: Column, name: string): CategoryColumn {
  if (column.type === "number" || column.type === "datetime")
    throw new TypeError(
      `Column "${name}" was categories when the encoder was fitted and is now read as ${column.type}. Fit the encoder again.`,
    );
  return column;
}
