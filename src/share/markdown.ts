/** A result's figures as a table that papers, issues and notes can take. */
import { count, locale, t } from "../language/words.ts";
import type { Budget } from "../protocol/run.ts";
import {
  columnName,
  isOwn,
  runNames,
  type SharedResult,
  type SharedRun,
  type SpreadFigure,
} from "./result.ts";

interface Row {
  readonly label: string;
  readonly value: (run: SharedRun, race: SharedResult["race"]) => string;
  /** The figure that may vary over seeds. */
  readonly spread?: SpreadFigure;
}

function figure(value: number | undefined, digits = 3): string {
  if (value === undefined || !Number.isFinite(value)) return "–";
  const rounded = Number(value.toPrecision(digits));
  return Math.abs(rounded) >= 1_000 ? rounded.toLocaleString(locale) : String(rounded);
}

const amount = ({ amount, unit }: Budget): string => `${amount.toLocaleString(locale)} ${t(unit)}`;

/** What is said of each run, in this order; lines that no run has anything for are left out. */
const rows: readonly Row[] = [
  // A model that is only fitted takes none.
  { label: t`Steps`, value: ({ step }) => (step === 0 ? "–" : count(step)) },
  { label: t`Seconds of training`, value: ({ step, elapsed }) => (step === 0 ? "–" : figure(elapsed)) },
  { label: t`Backend`, value: ({ backend }) => backend ?? "–" },
  {
    label: t`Budget`,
    value: ({ setup: { budget } }, race) =>
      race === undefined ? "–" : `${amount(budget)}${race.most ? t`, at most ${amount(race.most)}` : ""}`,
  },
  {
    label: t`Seed`,
    value: ({ setup: { seed } }, { seeds } = { seeds: 1 }) =>
      seeds > 1 ? t`${seed} to ${seed + seeds - 1}` : String(seed),
  },
  {
    label: t`Distance to held-out rows`,
    value: ({ distance }) => figure(distance),
    spread: "distance",
  },
  {
    label: t`Nearest to them`,
    value: ({ step, best }) =>
      best && step > 0 ? t`${figure(best.distance)} at step ${count(best.step)}` : "–",
  },
  {
    label: t`Groups of rows missed`,
    value: ({ clusters }) => (clusters ? t`${clusters.missed} of ${clusters.of}` : "–"),
  },
  { label: t`Not told apart (C2ST)`, value: ({ trilemma }) => figure(trilemma?.quality), spread: "quality" },
  { label: t`Column shapes`, value: ({ raced }) => figure(raced?.shape), spread: "shape" },
  { label: t`Coverage`, value: ({ trilemma }) => figure(trilemma?.coverage), spread: "coverage" },
  { label: t`Recall`, value: ({ raced }) => figure(raced?.recall), spread: "recall" },
  { label: t`Precision`, value: ({ raced }) => figure(raced?.precision), spread: "precision" },
  {
    label: t`Modes hit`,
    value: ({ raced }) => (raced?.modes ? t`${figure(raced.modes.hit)} of ${raced.modes.of}` : "–"),
    spread: "modes",
  },
  {
    label: t`Rows drawn a second`,
    value: ({ trilemma }) => figure(trilemma?.rowsPerSecond),
    spread: "rowsPerSecond",
  },
  { label: t`Mean column distance`, value: ({ distances }) => figure(mean(distances)) },
];

/** What a cell of a table may hold as it is: text from outside must not end it or become markup. */
const written = (text: string): string =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(/[\r\n]+/gu, " ")
    .replaceAll(/[\\|`*_[\]]/gu, (mark) => `\\${mark}`);

function mean(values: readonly number[]): number {
  const known = values.filter(Number.isFinite);
  return known.length === 0 ? NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
}

/** What stands in a cell, and how far it varies over the seeds of a race, where it does. */
interface Cell {
  readonly text: string;
  readonly spread?: string;
}

/** Figures that are there, as [label, one cell a run]: the scoreboard and the table alike. */
export function figuresOf({
  runs,
  table,
  race,
}: SharedResult): readonly (readonly [string, readonly Cell[]])[] {
  const axes = runs.flatMap((run) => run.axes.map(({ axis }) => axis));
  const plain = (text: string): Cell => ({ text });
  const lines: (readonly [string, readonly Cell[]])[] = [
    ...rows.map(
      ({ label, value, spread }) =>
        [
          label,
          runs.map((run): Cell => {
            const off = spread && run.spread?.[spread];
            return { text: value(run, race), ...(off !== undefined && { spread: `± ${figure(off, 2)}` }) };
          }),
        ] as const,
    ),
    ...[...new Set(axes)].map(
      (axis) =>
        [
          t(axis === "model" ? "Model utility" : `${axis[0]!.toUpperCase()}${axis.slice(1)}`),
          runs.map((run) => {
            const found = run.axes.find((each) => each.axis === axis);
            if (found === undefined) return plain("–");
            const held = found.holdout === undefined ? "" : t` (holdout ${figure(found.holdout)})`;
            return plain(`${figure(found.score)}${held}`);
          }),
        ] as const,
    ),
    ...table.columns.map(
      (column, i) =>
        [
          t`Distance, ${columnName(column)}`,
          runs.map(({ distances }) => plain(figure(distances[i]))),
        ] as const,
    ),
  ];
  return lines.filter(([, cells]) => cells.some(({ text }) => text !== "–"));
}

/** GitHub-flavoured Markdown, one column a run. */
export function markdownOf(result: SharedResult): string {
  const heads = runNames(result);
  const line = (cells: readonly string[]): string => `| ${cells.map(written).join(" | ")} |`;
  const data = isOwn(result) ? t`a table of one's own` : result.runs[0]!.setup.dataset;
  return [
    t`Likeness on ${data}:`,
    "",
    line(["", ...heads]),
    `| --- |${" ---: |".repeat(heads.length)}`,
    ...figuresOf(result).map(([label, cells]) =>
      line([label, ...cells.map(({ text, spread }) => (spread === undefined ? text : `${text} ${spread}`))]),
    ),
    "",
  ].join("\n");
}
