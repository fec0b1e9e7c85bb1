/**
 * What a report asks of a table, guessed from its columns: names that tables
 * usually have for what is predicted, for what anybody knows of a person and for
 * what is nobody's business. A guess to begin with, and said to be one.
 */
import type { GuessedQuestion } from "../protocol/report.ts";
import type { Column, Table } from "../table/table.ts";
import { quoted } from "../table/said.ts";

const targets =
  /^(target|label|class|y|outcome|result|status|income|salary|churn(ed)?|default(ed)?|fraud|diagnosis|species|survived|price|approved|repaid|response|deposit)$/i;
const known =
  /^(age|sex|gender|race|ethnicity|zip|zip_?code|post_?code|city|town|county|state|region|country|native[-_. ]country|birth.*|dob|marital.*|education|occupation|island|nationality)$/i;
const secret =
  /(income|salary|wage|diagnos|disease|illness|hiv|religion|ethnic|race|party|vote|criminal|debt|balance|score|defaulted|fraud)/i;

/** Most groups of a target that is guessed by its place, and of a column that a person is looked up by. */
const MOST_CLASSES = 20;
const MOST_KEYS = 3;

/** Undefined where the table has a single column to speak of. */
export function guessQuestion({ columns, rows }: Table): GuessedQuestion | undefined {
  const usable = columns.filter(
    ({ type }) => type !== "identifier" && type !== "text" && type !== "constant",
  );
  if (usable.length < 2) return undefined;
  const named = usable.findLast(({ name }) => targets.test(name.trim()));
  const classes = usable.findLast((column) => "codes" in column && column.levels.length >= 2 && column.levels.length <= MOST_CLASSES); // prettier-ignore
  const target = named ?? classes ?? usable.at(-1)!;
  const others = usable.filter((column) => column !== target);
  const byName = others.filter(({ name }) => known.test(name.trim()));
  const key = (byName.length > 0 ? byName : others.filter((column) => isCoarse(column, rows))).slice(
    0,
    MOST_KEYS,
  );
  const left = usable.filter((column) => !key.includes(column));
  const sensitive =
    left.find(({ name }) => secret.test(name)) ?? (left.includes(target) ? target : undefined);
  return {
    target: target.name,
    key: key.map(({ name }) => name),
    sensitive: key.length === 0 || sensitive === undefined ? [] : [sensitive.name],
    said: saidOf(target, named !== undefined, classes !== undefined, key, byName.length > 0, sensitive),
  };
}

/** Few values, so that it tells groups and not rows. */
const isCoarse = (column: Column, rows: number): boolean =>
  "codes" in column && column.levels.length <= Math.max(2, Math.min(MOST_CLASSES, rows / 20));

function saidOf(
  target: Column,
  named: boolean,
  classes: boolean,
  key: readonly Column[],
  byName: boolean,
  sensitive: Column | undefined,
): string {
  const why = named ? "by its name" : classes ? "the last column of few categories" : "the last column";
  const first = `Guessed: ${quoted(target.name)} is what others would predict (${why})`;
  if (key.length === 0 || sensitive === undefined) return `${first}.`;
  const names = key.map(({ name }) => quoted(name)).join(", ");
  return `${first}; an attacker knows ${names} (${byName ? "by name" : "columns of few categories"}) and is after ${quoted(sensitive.name)}.`;
}
