/**
 * Rows that are asked for with conditions: how many of each kind are still
 * wanted, how to ask a model for them, and which of the rows that it made are
 * among them. A model that can't be told what to make is sifted.
 */
import type { Given } from "../encode/span.ts";
import { count, plural, t } from "../language/words.ts";
import { random, type Random } from "../random/random.ts";
import { conditionWords, demandsOf, inRanges, type Condition, type Demand } from "../table/condition.ts";
import type { CategoryColumn, Column, Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import type { Known } from "./known.ts";
import type { Sheet } from "./sheet.ts";
import type { Taking, Wanted } from "./taking.ts";

/** Rows asked for at once with what is given of them, and most rows drawn at once to pick from. */
const mostGiven = 2_000;
const mostSifted = 20_000;
/** Rows drawn, at least and for each row wanted, before what is not found is taken for not to be had. */
const fewestDrawn = 200_000;
const patience = 100;

/**
 * @param note said after all else. @param name the file's.
 * @throws Error in words where a condition can't be met.
 */
export function takeWished(
  known: Known,
  { seed, rows, conditions }: Wanted & { readonly conditions: readonly Condition[] },
  sheet: Sheet,
  note: string,
  name: string,
): Taking {
  const source = random(seed).fork("decode");
  const wanted = wishes(known, conditions, rows, random(seed).fork("wishes"));
  const words = conditionWords(conditions);
  const rounds = random(seed).fork("rounds");
  let drawn = 0;
  let heeded = true;
  return {
    get made() {
      return sheet.rows;
    },
    of: rows,
    order() {
      if (wanted.left === 0 || drawn >= Math.max(fewestDrawn, patience * rows)) return undefined;
      const round = drawn === 0 ? seed : rounds.integer(2 ** 32);
      // As many as it should take, by what was found so far.
      const expected = (wanted.left * drawn) / Math.max(1, sheet.rows);
      if (heeded) {
        const sifts = drawn > 0 && wanted.sifts;
        const given = wanted.next(Math.min(mostGiven, sifts ? Math.ceil(expected) : wanted.left));
        return { rows: given.rows.rows, seed: round, given };
      }
      return { rows: Math.round(Math.min(mostSifted, Math.max(mostGiven, expected))), seed: round };
    },
    add(piece, heeds) {
      heeded = heeds !== undefined;
      const made = known.encoder.decode(piece, source);
      drawn += made.rows;
      const taken = wanted.take(made);
      if (taken.length > 0) sheet.write(selectRows(made, taken));
    },
    finish() {
      const sifted =
        heeded && !wanted.sifts ? "" : t` Picked from ${plural(drawn, "row")} that the model drew.`;
      const remedy = heeded ? "" : t` Diffusion makes such rows directly.`;
      if (sheet.rows === 0)
        throw new Error(t`None of ${plural(drawn, "row")} that the model drew has ${words}.${remedy}`);
      const said =
        wanted.left === 0
          ? t`${plural(sheet.rows, "synthetic row")} written: ${words}.${sifted}`
          : t`Only ${count(sheet.rows)} of ${plural(rows, "row")} written: ${words} is rare among the ${count(drawn)} that the model drew.${remedy}`;
      return { name, note: said + note };
    },
  };
}

interface Wishes {
  /** Rows still wanted. */
  readonly left: number;
  /** What is given of rows does not say all that is wanted of them. */
  readonly sifts: boolean;
  /** `count` rows like those wanted, as far as it is said what they are; where they are more than are left, some are spare. */
  next(count: number): Given;
  /** Which rows of a table are wanted, in its order; they count as had from then on. */
  take(table: Table): Int32Array;
}

/** Rows alike in all columns that have shares. */
interface Kind {
  /** By demand with shares, in order: the spelling, null where the cell is missing. */
  readonly values: readonly (string | null)[];
  left: number;
  /** Training rows of this kind within all ranges, for values of the columns that have one; found when first asked for. */
  examples?: Int32Array;
}

function wishes(
  { table, train, encoder, joint }: Known,
  conditions: readonly Condition[],
  rows: number,
  source: Random,
): Wishes {
  const demands = demandsOf(conditions, table, train);
  const shared = demands.filter((demand) => demand.kind === "shares");
  const ranged = demands.some(({ kind }) => kind === "range");
  const within = train.filter((row) => inRanges(demands, table.columns, row));
  if (joint && within.length === 0)
    throw new Error(
      t`No training row lies within all of these ranges at once, so no model knows what such a row is like. Widen one of them.`,
    );

  const kinds = new Map<string, Kind>();
  const dealt = shared.map(({ at, shares }) =>
    deal(table.columns[at] as CategoryColumn, train, shares, rows, source.fork(at)),
  );
  for (let i = 0; i < rows; i++) {
    const values = dealt.map((column) => column[i]!);
    const kind = kinds.get(keyOf(values)) ?? { values, left: 0 };
    kinds.set(keyOf(values), kind);
    kind.left += 1;
  }
  let left = rows;
  // Columns each by itself don't tell which number goes with which category, or with which other number: the model is
  // told the categories or one number, and of what it makes of them the rows within the ranges are taken.
  const told = joint ? demands : shared.length > 0 ? shared : demands.slice(0, 1);

  const examplesOf = (kind: Kind): Int32Array => {
    if (!ranged) return train;
    if (!joint) return train.filter((row) => inRanges(told, table.columns, row));
    const alike = within.filter((row) =>
      shared.every(({ at }, i) => spelling(table.columns[at] as CategoryColumn, row) === kind.values[i]),
    );
    // No such row in training: then at least the ranges hold, and the model has the last word.
    return alike.length > 0 ? alike : within;
  };

  return {
    get left() {
      return left;
    },
    sifts: told.length < demands.length,
    next(count) {
      const chosen: Kind[] = [];
      while (chosen.length < count)
        chosen.push(...draw([...kinds.values()], Math.min(count - chosen.length, left), source));
      const picked = Int32Array.from(chosen, (kind) => {
        const examples = (kind.examples ??= examplesOf(kind));
        return examples[source.integer(examples.length)]!;
      });
      const base = selectRows(table, picked);
      const columns = [...base.columns];
      shared.forEach(({ at }, i) => {
        const column = columns[at] as CategoryColumn;
        const codes = new Map(column.levels.map((level, code) => [level, code]));
        columns[at] = {
          ...column,
          codes: Int32Array.from(chosen, ({ values }) => (values[i] === null ? -1 : codes.get(values[i]!)!)),
        };
      });
      const known = new Uint8Array(chosen.length * columns.length);
      for (const { at } of told)
        for (let row = 0; row < chosen.length; row++) known[row * columns.length + at] = 1;
      const all = Int32Array.from(chosen, (_, row) => row);
      return {
        rows: encoder.encode({ columns, rows: chosen.length }, all, source),
        known,
        columns: columns.length,
      };
    },
    take(made) {
      const taken: number[] = [];
      for (let row = 0; row < made.rows && left > 0; row++) {
        const kind = kinds.get(keyOf(shared.map(({ at }) => spelling(made.columns[at]!, row))));
        if (kind === undefined || kind.left === 0 || !inRanges(demands, made.columns, row)) continue;
        kind.left -= 1;
        left -= 1;
        taken.push(row);
      }
      return Int32Array.from(taken);
    },
  };
}

const keyOf = (values: readonly (string | null)[]): string => JSON.stringify(values);

function spelling(column: Column, row: number): string | null {
  const { codes, levels } = column as CategoryColumn;
  return codes[row]! < 0 ? null : levels[codes[row]!]!;
}

/** A value for each of `rows` rows: shares to the row, what is left as often as in training, all in random order. */
function deal(
  column: CategoryColumn,
  training: Int32Array,
  shares: Extract<Demand, { kind: "shares" }>["shares"],
  rows: number,
  source: Random,
): readonly (string | null)[] {
  const dealt: (string | null)[] = [];
  let sum = 0;
  for (const [value, share] of shares) {
    sum += share;
    while (dealt.length < Math.round(Math.min(1, sum) * rows)) dealt.push(value);
  }
  const others = training.filter((row) => !shares.has(spelling(column, row)));
  const named = [...shares.keys()];
  while (dealt.length < rows)
    // Where training knows no other value, the first one named has to do.
    dealt.push(others.length === 0 ? named[0]! : spelling(column, others[source.integer(others.length)]!));
  return Array.from(source.permutation(rows), (at) => dealt[at]!);
}

/** `count` of the rows wanted, without putting any back, each as likely as the next. */
function draw(kinds: readonly Kind[], count: number, source: Random): readonly Kind[] {
  const left = kinds.map((kind) => kind.left);
  let total = left.reduce((sum, each) => sum + each, 0);
  return Array.from({ length: count }, () => {
    let at = source.integer(total--);
    let k = 0;
    while (at >= left[k]!) at -= left[k++]!;
    left[k]! -= 1;
    return kinds[k]!;
  });
}
