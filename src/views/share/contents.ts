/** What a link holds, in words: each line a thing that is in it, or is kept out of it. */
import { datasetCards } from "../../catalog/datasets.ts";
import { modelCard } from "../../catalog/models.ts";
import { count, plural, spoken, t } from "../../language/words.ts";
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
    ? t`a table of your own: it is not in the link, nor is its name`
    : (datasetCards.find(({ id }) => id === dataset)?.name ?? dataset);

export function setupLines(setup: Setup): readonly Line[] {
  const changed = Object.keys(setup.settings).length;
  return [
    { what: t`Data`, words: dataName(setup) },
    {
      what: t`Model`,
      words: `${modelCard(setup.model).name}, ${changed === 0 ? t`as it comes` : t`${plural(changed, "setting")} changed`}`,
    },
    { what: t`Seed`, words: String(setup.seed) },
    { what: t`Length`, words: `${count(setup.budget.amount)} ${t(setup.budget.unit)}` },
  ];
}

/** The figures by name, as whoever opens the link reads them; those of columns are only counted. */
function figureWords(result: SharedResult): string {
  const columns = result.table.columns.length;
  const figures = figuresOf({ ...result, table: { ...result.table, columns: [] } }).map(([label]) =>
    spoken === undefined ? label.replace(/^[A-Z](?=[a-z])/u, (first) => first.toLowerCase()) : label,
  );
  return [
    ...figures,
    ...(columns === 0 ? [] : [t`distances of ${plural(columns, "column")}`]),
    ...(result.runs.some(({ spread }) => spread) ? [t`how far they vary over seeds`] : []),
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
      what: t`Setup`,
      words: [
        own ? t`without the table` : dataName(setup),
        ...runs.map((each) => modelCard(each.setup.model).name),
        t`seed ${setup.seed}`,
        ...(race === undefined ? [plural(step, "step")] : []),
      ].join(", "),
    },
    { what: t`Figures`, words: figureWords(result) },
    {
      what: t`Curves`,
      words:
        losses.curves.length + (scores.steps.length > 0 ? 1 : 0) === 0
          ? t`none`
          : t`${[...losses.curves.map(({ name }) => t(name)), ...(scores.steps.length > 0 ? [t`distance`] : [])].join(", ")}, at most ${count(Math.max(losses.steps.length, scores.steps.length))} values each`,
    },
    ...(result.experiment
      ? [
          {
            what: t`Experiment`,
            words: t`its verdict and mean scores${result.experiment.target === undefined ? t`, without the name of what was predicted` : t` on ${result.experiment.target}`}`,
          },
        ]
      : []),
    {
      what: t`Synthetic rows`,
      words: !showsPoints(setup)
        ? t`none: this model passes real rows on`
        : looks.length === 0
          ? t`none`
          : t`${count(points)} as dots on the map${looks.length > 1 ? t`, at ${plural(looks.length, "moment")}` : t`, as they are now`}${own ? t`, without a scale` : ""}`,
    },
    {
      what: t`Real rows`,
      words: scene
        ? t`how densely they lie, on ${scene.real.side} × ${scene.real.side} cells; cells of fewer than 5 rows are empty`
        : t`nothing of them`,
    },
    {
      what: t`Column names`,
      words:
        table.columns.length === 0
          ? t`none`
          : table.columns.some(({ name }) => name !== undefined)
            ? names
            : t`masked`,
    },
    {
      what: t`Categories`,
      words:
        categories > 0
          ? t`${plural(categories, "category", "categories")} that 5 rows or more have, and how often`
          : spelled
            ? t`none`
            : t`masked`,
    },
  ];
}

/** What a length means for who passes the link on. @param characters of the whole address. */
export function sizeWords(characters: number): string {
  const size = t`${count(characters)} characters`;
  if (characters <= 2_000) return t`${size}: fits in any chat, mail or slide.`;
  if (characters <= 8_000) return t`${size}: fits in mails and in most chats.`;
  return t`${size}: some chats and mails cut links that are longer than 8,000, so the file is safer.`;
}
