/** What a link holds, in words: each line a thing that is in it, or is kept out of it. */
import { datasetCards } from "../../catalog/datasets.ts";
import { modelCard } from "../../catalog/models.ts";
import { count } from "../kit/format.ts";
import { figuresOf } from "../../share/markdown.ts";
import { columnName, isOwn, type SharedResult } from "../../share/result.ts";
import { showsPoints } from "../../share/resultOf.ts";
import type { Setup } from "../../store/setup.ts";

export interface Line {
  readonly what: string;
  readonly words: string;
}

const dataName = ({ dataset }: Setup): string =>
  dataset === "own"
    ? "a table of your own: it is not in the link, nor is its name"
    : (datasetCards.find(({ id }) => id === dataset)?.name ?? dataset);

const plural = (n: number, one: string): string => `${count(n)} ${one}${n === 1 ? "" : "s"}`;

export function setupLines(setup: Setup): readonly Line[] {
  const changed = Object.keys(setup.settings).length;
  return [
    { what: "Data", words: dataName(setup) },
    {
      what: "Model",
      words: `${modelCard(setup.model).name}, ${changed === 0 ? "as it comes" : `${plural(changed, "setting")} changed`}`,
    },
    { what: "Seed", words: String(setup.seed) },
    { what: "Length", words: `${count(setup.budget.amount)} ${setup.budget.unit}` },
  ];
}

/** The figures by name, as whoever opens the link reads them; those of columns are only counted. */
function figureWords(result: SharedResult): string {
  const columns = result.table.columns.length;
  const figures = figuresOf({ ...result, table: { ...result.table, columns: [] } }).map(([label]) =>
    label.replace(/^[A-Z](?=[a-z])/u, (first) => first.toLowerCase()),
  );
  return [
    ...figures,
    ...(columns === 0 ? [] : [`distances of ${plural(columns, "column")}`]),
    ...(result.runs.some(({ spread }) => spread) ? ["how far they vary over seeds"] : []),
  ].join(", ");
}

export function resultLines(result: SharedResult, spelled: boolean): readonly Line[] {
  const { table, scene, runs, race } = result;
  const own = isOwn(result);
  const [run] = runs;
  const { setup, losses, scores, looks, step } = run!;
  const points = looks[0] ? looks[0].points.length / 2 : 0;
  const categories = table.columns.reduce((sum, column) => sum + (column.categories?.length ?? 0), 0);
  const names = table.columns.map(columnName).join(", ");
  return [
    {
      what: "Setup",
      words: [
        own ? "without the table" : dataName(setup),
        ...runs.map((each) => modelCard(each.setup.model).name),
        `seed ${setup.seed}`,
        ...(race === undefined ? [plural(step, "step")] : []),
      ].join(", "),
    },
    { what: "Figures", words: figureWords(result) },
    {
      what: "Curves",
      words:
        losses.curves.length + (scores.steps.length > 0 ? 1 : 0) === 0
          ? "none"
          : `${[...losses.curves.map(({ name }) => name), ...(scores.steps.length > 0 ? ["distance"] : [])].join(", ")}, at most ${count(Math.max(losses.steps.length, scores.steps.length))} values each`,
    },
    ...(result.experiment
      ? [
          {
            what: "Experiment",
            words: `its verdict and mean scores${result.experiment.target === undefined ? ", without the name of what was predicted" : ` on ${result.experiment.target}`}`,
          },
        ]
      : []),
    {
      what: "Synthetic rows",
      words: !showsPoints(setup)
        ? "none: this model passes real rows on"
        : looks.length === 0
          ? "none"
          : `${count(points)} as dots on the map${looks.length > 1 ? `, at ${plural(looks.length, "moment")}` : ", as they are now"}${own ? ", without a scale" : ""}`,
    },
    {
      what: "Real rows",
      words: scene
        ? `how densely they lie, on ${scene.real.side} × ${scene.real.side} cells; cells of fewer than 5 rows are empty`
        : "nothing of them",
    },
    {
      what: "Column names",
      words:
        table.columns.length === 0
          ? "none"
          : table.columns.some(({ name }) => name !== undefined)
            ? names
            : "masked",
    },
    {
      what: "Categories",
      words:
        categories > 0
          ? `${plural(categories, "category").replace("categorys", "categories")} that 5 rows or more have, and how often`
          : spelled
            ? "none"
            : "masked",
    },
  ];
}

/** What a length means for who passes the link on. @param characters of the whole address. */
export function sizeWords(characters: number): string {
  const size = `${count(characters)} characters`;
  if (characters <= 2_000) return `${size}: fits in any chat, mail or slide.`;
  if (characters <= 8_000) return `${size}: fits in mails and in most chats.`;
  return `${size}: some chats and mails cut links that are longer than 8,000, so the file is safer.`;
}
