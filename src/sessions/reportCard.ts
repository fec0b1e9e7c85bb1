/**
 * A report made ready to be shown: its figures beside their references, in
 * words, worst first, with what there is to look at behind a bad one.
 */
import { part, type Work } from "../downstream/work.ts";
import { groupColumns, subgroups } from "../generalise/groups.ts";
import { limits } from "../generalise/limits.ts";
import type { GroupsCard, PairCard, ReportCard, ReportQuestion } from "../protocol/report.ts";
import { associations } from "../quality/associations.ts";
import type { Compared, Question } from "../quality/compared.ts";
import type { Evidence } from "../quality/evidence.ts";
import { report } from "../quality/report.ts";
import type { Table } from "../table/table.ts";
import { cellText } from "../table/writeCsv.ts";
import { axisCards } from "./axisCards.ts";
import { columnCards, pairCards } from "./differenceCards.ts";
import { figureCards, learnerCards } from "./figureCards.ts";
import { missingCard } from "./missingCard.ts";
import { pairCells } from "./pairCells.ts";

export interface About {
  /** The table's name. */
  readonly table: string;
  /** What made the rows. */
  readonly made?: string;
}

/** Worst pairs whose cells are sent along; cells of a closest pair longer than this are cut. */
const MOST_CELLS = 24;
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
  const [train, holdout, synthetic] = [of(compared.train), of(compared.holdout), of(compared.synthetic)] as const; // prettier-ignore
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
      yield 0.96 + (0.01 * i) / MOST_CELLS;
    }
  }
  const asked: ReportQuestion = {
    ...(question.target !== undefined && { target: question.target }),
    key: question.key ?? [],
    sensitive: question.sensitive ?? [],
  };
  const groups: GroupsCard[] = [];
  const asks = [...asked.sensitive, ...(asked.target === undefined ? [] : [asked.target]), ...asked.key];
  const divided = groupColumns(train, asks);
  for (const [i, name] of divided.entries()) {
    const [from, to] = [i, i + 1].map((done) => 0.97 + (0.03 * done) / divided.length) as [number, number];
    const of = yield* part(subgroups({ train, holdout, synthetic }, name, full.predictions, question.random.fork(`groups ${name}`)), from, to); // prettier-ignore
    if (!("why" in of)) groups.push(of);
  }
  const axes = axisCards(full);
  const close = axes.flatMap(({ standing, label, verdict }) =>
    standing === "close" ? [`${label}: ${verdict}`] : [],
  );
  return {
    report: 1,
    ...about,
    rows: full.rows,
    question: asked,
    axes,
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
    limits: limits({ rows: full.rows, report: full, close, groups, asked: asks }),
  };
}

const cellsOf = ({ columns }: Table, row: number): readonly string[] =>
  columns.map((column) => {
    const text = cellText(column, row);
    return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
  });
