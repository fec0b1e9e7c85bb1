/**
 * What rows of another table, the source, bring to a target of few rows: as they
 * are, or by way of synthetic rows from a model that began with what it learned of the source.
 * Tables are handed in as they were made, one a seed; all is tested on real rows of the target.
 */
import type { Learner } from "../quality/efficacy.ts";
import { part, type Work } from "../downstream/work.ts";
import { count, plural, t } from "../language/words.ts";
import { stackTables } from "../table/stack.ts";
import type { Table } from "../table/table.ts";
import { scored, trial, type Arm, type Experiment } from "./arms.ts";
import { contest, type Contest } from "./contest.ts";
import { whoseWords } from "./curve.ts";
import type { MeasureName } from "./scores.ts";

export interface TransferOptions {
  /** Name of the column to predict. */
  readonly target: string;
  readonly learners: readonly Learner["name"][];
  readonly measures: readonly MeasureName[];
  readonly positive?: string;
}

/** By seed, in the same order throughout; all with the target table's columns. */
export interface TransferTables {
  /** Real rows of the target that are learned from. */
  readonly target: readonly Table[];
  readonly source?: readonly Table[];
  /** Synthetic rows of the target, by who made them: "carried over", "from scratch". */
  readonly synthetic: Readonly<Record<string, readonly Table[]>>;
  /** Real rows of the target that nobody learned from. */
  readonly test: Table;
}

export interface Transfer {
  readonly kind: "transfer";
  readonly options: TransferOptions;
  readonly rows: { readonly test: number };
  /**
   * "target", "source", "source and target", and by each name of `synthetic` one with its rows added to the target's and,
   * "source and …", one with them added to the source's in the place of the target's.
   */
  readonly arms: readonly Arm[];
  /**
   * Each against "target", and "source and …" against "source"; a maker's rows also against the source's beside the target's, and
   * those of every further maker against the first's.
   */
  readonly contests: readonly Contest[];
}

/** @throws TypeError where the tables' columns differ. */
export function* transfer(tables: TransferTables, options: TransferOptions): Work<Experiment<Transfer>> {
  const { target, source = [], synthetic, test } = tables;
  const tried = trial(test, options);
  const missing = { why: t`There is no such table with this seed.` };
  // Tables of a few rows more or less with one seed than another are one arm: it is named by those of the first.
  const rowsIn = (all: readonly Table[]): number => all[0]?.rows ?? 0;
  for (const [seed, real] of target.entries()) {
    const other = source[seed];
    const rowsOf: [name: string, real: number, made: number, rows: Table | undefined][] = [
      ["target", rowsIn(target), 0, real],
      ...(source.length === 0
        ? []
        : ([
            ["source", rowsIn(source), 0, other],
            [bothReal, rowsIn(source) + rowsIn(target), 0, other && stackTables(real, other)],
          ] as [string, number, number, Table | undefined][])),
      ...Object.entries(synthetic).map(([name, made]): [string, number, number, Table | undefined] => [
        name,
        rowsIn(target),
        rowsIn(made),
        made[seed] && stackTables(real, made[seed]),
      ]),
      ...Object.entries(source.length === 0 ? {} : synthetic).map(
        ([name, made]): [string, number, number, Table | undefined] => [
          withSource(name),
          rowsIn(source),
          rowsIn(made),
          other && made[seed] && stackTables(other, made[seed]),
        ],
      ),
    ];
    for (const [i, [name, own, made, rows]] of rowsOf.entries()) {
      const from = (seed + i / rowsOf.length) / target.length;
      yield* part(tried.add({ name, real: own, made }, seed, rows ?? missing), from, from + 1 / rowsOf.length / target.length); // prettier-ignore
    }
  }
  const { arms } = tried;
  const sum = function* (weights?: Float64Array): Work<Transfer> {
    return summed(yield* scored(arms, options.positive, weights), options, Object.keys(synthetic), test.rows);
  };
  return { result: yield* sum(), under: sum };
}

function summed(
  arms: readonly Arm[],
  options: TransferOptions,
  made: readonly string[],
  test: number,
): Transfer {
  const named = (name: string): readonly Arm[] => arms.filter((arm) => arm.name === name);
  const pairs = arms
    .filter((arm) => arm.name !== "target")
    .flatMap((arm) => {
      const others = made.some((name) => arm.name === withSource(name))
        ? ["source"]
        : made.includes(arm.name)
          ? ["target", bothReal, ...(arm.name === made[0] ? [] : [made[0]!])]
          : ["target"];
      return others.flatMap((other) =>
        named(other)
          .filter(({ learner }) => learner === arm.learner)
          .map((against): [Arm, Arm] => [against, arm]),
      );
    });
  const comparisons = Math.max(1, pairs.length * options.measures.length);
  const contests = options.measures.flatMap((measure) =>
    pairs.map(([against, arm]) =>
      contest(
        against,
        arm,
        { measure, comparisons },
        changeWords(against, arm),
        whoseWords(arm, measure, options),
      ),
    ),
  );
  return { kind: "transfer", options, rows: { test }, arms, contests };
}

/** The arm of a maker's rows added to the source's. */
export const withSource = (maker: string): string => `source and ${maker}`;

/** The arm that learns from real rows alone, of both tables. */
export const bothReal = "source and target";

function changeWords(against: Arm, arm: Arm): string {
  if (arm.name === "source") return t`Learning from ${plural(arm.real, "row")} of the source in place of ${count(against.real)} of the target`; // prettier-ignore
  if (arm.name === bothReal) return t`Adding ${plural(arm.real - against.real, "row")} of the source to ${count(against.real)} of the target`; // prettier-ignore
  if (against.name === "source") return t`Adding ${plural(arm.made, "synthetic row")} of the target (${t(arm.name.replace(withSource(""), ""))}) to ${count(arm.real)} of the source`; // prettier-ignore
  if (against.name === bothReal) return t`Adding ${plural(arm.made, "synthetic row")} (${t(arm.name)}) to ${count(arm.real)} real ones of the target, rather than ${count(against.real - arm.real)} of the source,`; // prettier-ignore
  const added = t`Adding ${plural(arm.made, "synthetic row")} (${t(arm.name)}) to ${count(arm.real)} real ones of the target`; // prettier-ignore
  return against.name === "target"
    ? added
    : t`${added}, rather than ${count(against.made)} (${t(against.name)}),`;
}
