/**
 * A report made ready to be shown: its figures beside their references, in
 * words, worst first, with what there is to look at behind a bad one.
 */
import { part, type Work } from "../downstream/work.ts";
import type {
  AxisCard,
  Beside,
  ColumnCard,
  GroupsCard,
  MissingCard,
  PairCard,
  PartCard,
  ReportCard,
  ReportQuestion,
} from "../protocol/report.ts";
import { associations } from "../quality/associations.ts";
import type { Axis, Part } from "../quality/axes.ts";
import type { Compared, Question } from "../quality/compared.ts";
import type { Evidence } from "../quality/evidence.ts";
import { groupColumns, groupsOf } from "../quality/groups.ts";
import { isValue, type Measured } from "../quality/measured.ts";
import { axisWords, parts as partWords } from "../quality/parts.ts";
import { report, type Report, type TableScores } from "../quality/report.ts";
import { isBelow, ONE_OF_MANY, standingOf } from "../quality/standing.ts";
import type { Column, Table } from "../table/table.ts";
import { cellText } from "../table/writeCsv.ts";
import { figureCards, learnerCards } from "./figureCards.ts";
import { limitsOf } from "./limits.ts";
import { overlay } from "./overlay.ts";
import { pairCells } from "./pairCells.ts";

export interface About {
  /** The table's name. */
  readonly table: string;
  /** What made the rows. */
  readonly made?: string;
}

/** Worst pairs whose cells are sent along; most patterns of gaps; cells of a closest pair longer than this are cut. */
const MOST_CELLS = 24;
const MOST_PATTERNS = 12;
const LONGEST_CELL = 60;

/** @throws TypeError where the tables' columns differ in kind. */
export function* reportCard(
  about: About,
  compared: Compared,
  question: Question,
  evidence: Evidence = {},
): Work<ReportCard> {
  const full = yield* part(report(compared, question, evidence), 0, 0.94);
  const of = (table: Table): Table => ({
    ...table,
    columns: full.columns.map((name) => table.columns.find((column) => column.name === name)!),
  });
  const [train, synthetic] = [of(compared.train), of(compared.synthetic)];
  const matrix = yield* part(associations(train, synthetic), 0.94, 0.96);
  const size = train.columns.length;
  const figure = (value: number): number | null => (Number.isFinite(value) ? value : null);
  const pairs = pairCards(full, (side, a, b) => figure(matrix[side][a * size + b]!));
  const withCells: PairCard[] = [];
  for (const [i, pair] of pairs.entries()) {
    if (i >= MOST_CELLS) withCells.push(pair);
    else {
      const [a, b] = pair.columns.map((name) => full.columns.indexOf(name)) as [number, number];
      withCells.push({ ...pair, cells: pairCells(train, synthetic, a, b) });
      yield 0.96 + (0.02 * i) / MOST_CELLS;
    }
  }
  const groups: GroupsCard[] = [];
  const at = groupColumns(train);
  for (const [i, column] of at.entries()) {
    const { predictions } = full;
    // A model has no odds of what it predicts itself.
    const learned = train.columns[column]!.name === question.target ? undefined : predictions;
    groups.push(
      yield* part(
        groupsOf(train, synthetic, column, learned),
        0.98 + (0.02 * i) / at.length,
        0.98 + (0.02 * (i + 1)) / at.length,
      ),
    );
  }
  const asked: ReportQuestion = {
    ...(question.target !== undefined && { target: question.target }),
    key: question.key ?? [],
    sensitive: question.sensitive ?? [],
  };
  const card = {
    report: 1,
    ...about,
    rows: full.rows,
    question: asked,
    axes: axisCards(full),
    columns: columnCards(full, train, synthetic),
    pairs: withCells,
    matrix: {
      columns: full.columns,
      real: Array.from(matrix.real, figure),
      synthetic: Array.from(matrix.synthetic, figure),
    },
    missing: missingCard(train, synthetic),
    closest: {
      columns: full.columns,
      pairs: full.synthetic.privacy.closest.map((pair) => ({
        synthetic: cellsOf(synthetic, pair.synthetic),
        train: cellsOf(train, pair.train),
        distance: pair.distance,
        toHoldout: pair.toHoldout,
      })),
    },
    learners: learnerCards(full),
    importances: full.synthetic.utility.importances,
    groups,
    figures: figureCards(full),
  } as const;
  return { ...card, limits: limitsOf(card) };
}

const cellsOf = ({ columns }: Table, row: number): readonly string[] =>
  columns.map((column) => {
    const text = cellText(column, row);
    return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
  });

// ---- axes -----------------------------------------------------------------

const none: Measured = { why: "This is about the model, not about one table of its rows." };

function axisCards({ synthetic, references }: Report): readonly AxisCard[] {
  const partOf = ({ axes }: TableScores, name: Part["name"]): Part | undefined =>
    axes.flatMap(({ parts }) => parts).find((each) => each.name === name);
  const axisOf = ({ axes }: TableScores, name: Axis["name"]): Axis =>
    axes.find((each) => each.name === name)!;
  const privacy = axisOf(synthetic, "privacy");
  // The axis itself is a minimum of noisy figures, so each door is held beside its own.
  const leaking = privacy.parts.filter((door) => {
    const held = partOf(references.holdout, door.name);
    return held !== undefined && isBelow(door, held, ONE_OF_MANY);
  });
  return synthetic.axes.map((axis): AxisCard => {
    const of = (scores: TableScores): Axis => axisOf(scores, axis.name);
    const measuredOf = (scores: TableScores): Measured =>
      of(scores).parts.length === 0 ? none : of(scores).measured;
    const held = of(references.holdout);
    const parts = axis.parts.map((each): PartCard => {
      const beside = (scores: TableScores): Measured => partOf(scores, each.name)?.measured ?? none;
      const { label, sentence } = partWords[each.name];
      return {
        name: each.name,
        label,
        sentence,
        ...figuresOf(each, beside, references),
      };
    });
    const guards = axis.name === "privacy";
    const { standing, way } = standingOf(axis, held, of(references.independent), {
      guards,
      leaks: leaking.length > 0,
    });
    return {
      name: axis.name,
      ...axisWords[axis.name],
      combined: axis.combined,
      ...figuresOf(axis, measuredOf, references),
      ...(isValue(axis.measured) && { standing }),
      verdict: isValue(axis.measured)
        ? verdictOf(standing, guards, way, leaking.map(({ name }) => partWords[name].label), isValue(held.measured)) // prettier-ignore
        : "",
      parts,
    };
  });
}

function figuresOf(
  { measured, spread }: Axis | Part,
  beside: (scores: TableScores) => Measured,
  { holdout, independent, copy }: Report["references"],
): Beside {
  return {
    measured,
    ...(spread !== undefined && Number.isFinite(spread) && { spread }),
    holdout: beside(holdout),
    independent: beside(independent),
    copy: beside(copy),
  };
}

function verdictOf(
  standing: ReturnType<typeof standingOf>["standing"],
  guards: boolean,
  way: number | undefined,
  leaking: readonly string[],
  held: boolean,
): string {
  const share = way === undefined ? "" : `${Math.round(100 * way)} %`;
  switch (standing) {
    case "level":
      return guards
        ? "No nearer to the training rows than fresh real rows are, as far as was looked."
        : "As good as fresh real rows.";
    case "near":
      return `Close to fresh real rows: ${share} of the way to them from independent columns.`;
    case "between":
      return `${share} of the way from independent columns to fresh real rows.`;
    case "below":
      return "Less than fresh real rows get.";
    case "floor":
      return "Hardly better than columns drawn independently.";
    case "close":
      return guards
        ? `Too close: memorising. Less than fresh real rows get in: ${leaking.join(", ")}.`
        : "Too close: memorising. More than fresh real rows get, from rows that keep to the training rows.";
    case "alone":
      return held ? "" : "About the model: there is no holdout to stand beside.";
    default:
      standing satisfies never;
      return "";
  }
}

// ---- columns and pairs ----------------------------------------------------

/** Worst first; what could not be compared comes last. */
const worst = (a: Measured, b: Measured): number => (isValue(b) ? b.value : -1) - (isValue(a) ? a.value : -1);

function columnCards(
  { synthetic: own, references }: Report,
  train: Table,
  made: Table,
): readonly ColumnCard[] {
  return train.columns
    .map((column, i): ColumnCard => {
      const { measure, error } = own.fidelity.shape.columns[i]!;
      const drawn = overlay(column);
      const { counts, others } = drawn.count(made.columns[i]!);
      return {
        name: column.name,
        type: column.type,
        measure,
        error,
        holdout: references.holdout.fidelity.shape.columns[i]!.error,
        missing: { real: missingShare(column), synthetic: missingShare(made.columns[i]!) },
        coverage: own.completeness.values.columns[i]!.share,
        validity: own.completeness.diagnostic.validity.columns[i]!.share,
        histogram: drawn.histogram,
        counts,
        others,
      };
    })
    .toSorted((a, b) => worst(a.error, b.error));
}

function pairCards(
  { synthetic, references, columns }: Report,
  hang: (side: "real" | "synthetic", a: number, b: number) => number | null,
): readonly PairCard[] {
  return synthetic.fidelity.trend.pairs
    .map(({ columns: [a, b], measure, error }, i): PairCard => ({
      columns: [columns[a]!, columns[b]!],
      measure,
      error,
      holdout: references.holdout.fidelity.trend.pairs[i]!.error,
      real: hang("real", a, b),
      synthetic: hang("synthetic", a, b),
    }))
    .toSorted((a, b) => worst(a.error, b.error));
}

// ---- gaps -----------------------------------------------------------------

const isMissing = (column: Column, row: number): boolean =>
  "values" in column ? Number.isNaN(column.values[row]!) : column.codes[row]! < 0;

function missingShare(column: Column): number {
  const all = "values" in column ? column.values : column.codes;
  let gaps = 0;
  for (let row = 0; row < all.length; row++) if (isMissing(column, row)) gaps++;
  return all.length === 0 ? 0 : gaps / all.length;
}

function missingCard(train: Table, synthetic: Table): MissingCard {
  const at = train.columns.flatMap((column, i) =>
    missingShare(column) + missingShare(synthetic.columns[i]!) > 0 ? [i] : [],
  );
  const tally = (table: Table): ReadonlyMap<string, number> => {
    const counts = new Map<string, number>();
    for (let row = 0; row < table.rows; row++) {
      const pattern = at.map((i) => (isMissing(table.columns[i]!, row) ? "1" : "0")).join("");
      counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
    }
    return counts;
  };
  const [before, made] = [tally(train), tally(synthetic)];
  const share = (of: ReadonlyMap<string, number>, pattern: string, rows: number): number =>
    rows === 0 ? 0 : (of.get(pattern) ?? 0) / rows;
  const patterns = [...new Set([...before.keys(), ...made.keys()])]
    .map((pattern) => ({
      gaps: at.map((_, i) => pattern[i] === "1"),
      real: share(before, pattern, train.rows),
      synthetic: share(made, pattern, synthetic.rows),
    }))
    .toSorted((a, b) => Math.max(b.real, b.synthetic) - Math.max(a.real, a.synthetic))
    .slice(0, MOST_PATTERNS);
  return {
    columns: at.map((i) => ({
      name: train.columns[i]!.name,
      real: missingShare(train.columns[i]!),
      synthetic: missingShare(synthetic.columns[i]!),
    })),
    patterns: at.length === 0 ? [] : patterns,
  };
}
