/**
 * What a report asks of a table, guessed from its columns: names that tables
 * usually have for what is predicted, for what anybody knows of a person and for
 * what is nobody's business. A guess to begin with, and said to be one; where no
 * column suggests itself that is said, and the person chooses.
 *
 * What is predicted, what is known and what is sensitive are never the same
 * column: an attack on what the models are judged by anyway would say nothing new.
 */
import { t } from "../language/words.ts";
import type { GuessedQuestion } from "../protocol/report.ts";
import type { Column, Table } from "../table/table.ts";
import { quoted } from "../table/said.ts";

const targets =
  /^(target|label|class|y|outcome|result|status|income|salary|churn(ed)?|default(ed)?|fraud|diagnosis|species|survived|price|approved|repaid|response|deposit)$/i;
/** Likeliest first: what a neighbour knows, then what a colleague does. */
const known: readonly RegExp[] = [
  /^(age|sex|gender|birth.*|dob|zip|zip_?code|post_?code|city|town|county|state|region|island|country|native[-_. ]country|nationality)$/i,
  /^(marital.*|education|occupation|employment|ethnicity|race)$/i,
];
/** Likeliest first: what is kept from others, then what the law keeps from counting. */
const secret: readonly RegExp[] = [
  /(^|[^a-z])(income|salary|wage|diagnos|disease|illness|hiv|debt|balance|savings|score|criminal|defaulted|fraud|vote|party)/i,
  /(^|[^a-z])(religion|ethnic|race)([^a-z]|i|$)/i,
  /^(sex|gender)$/i,
];

/** Most groups of a target that is guessed by its place, and of a column that a person is looked up by. */
const MOST_CLASSES = 20;
const MOST_KEYS = 3;

/** Undefined where the table has a single column to speak of. */
export function guessQuestion({ columns, rows }: Table): GuessedQuestion | undefined {
  const usable = columns.filter(
    ({ type }) => type !== "identifier" && type !== "text" && type !== "constant",
  );
  if (usable.length < 2) return undefined;
  const target = targetOf(usable);
  const others = usable.filter((column) => column !== target?.column);
  const sensitive = firstNamed(others, secret)[0];
  const left = others.filter((column) => column !== sensitive);
  const byName = firstNamed(left, known);
  const key = (byName.length > 0 ? byName : left.filter((column) => isCoarse(column, rows))).slice(
    0,
    MOST_KEYS,
  );
  // A look-up needs both, what is known and what is looked for.
  const attack =
    sensitive === undefined || key.length === 0 ? undefined : { sensitive, key, byName: byName.length > 0 };
  return {
    ...(target !== undefined && { target: target.column.name }),
    key: attack?.key.map(({ name }) => name) ?? [],
    sensitive: attack === undefined ? [] : [attack.sensitive.name],
    said: `${targetSaid(target)} ${attackSaid(attack)}`,
  };
}

interface Target {
  readonly column: Column;
  readonly why: string;
}

function targetOf(usable: readonly Column[]): Target | undefined {
  // Of points in the plane neither axis is there to be predicted, though one be called y.
  if (usable.length === 2 && usable.every((column) => "values" in column)) return undefined;
  const named = usable.findLast(({ name }) => targets.test(name.trim()));
  if (named !== undefined) return { column: named, why: t`by its name` };
  const classes = usable.findLast((column) => "codes" in column && column.levels.length >= 2 && column.levels.length <= MOST_CLASSES); // prettier-ignore
  if (classes !== undefined) return { column: classes, why: t`the last column of few categories` };
  const last = usable.findLast(({ type }) => type === "number");
  return last && { column: last, why: t`the last column of numbers` };
}

/** By the first pattern that they fit, and among those as they stand. */
const firstNamed = (columns: readonly Column[], patterns: readonly RegExp[]): readonly Column[] =>
  patterns.flatMap((pattern, i) =>
    columns.filter(
      ({ name }) =>
        pattern.test(name.trim()) && !patterns.slice(0, i).some((before) => before.test(name.trim())),
    ),
  );

/** Few values, so that it tells groups and not rows. */
const isCoarse = (column: Column, rows: number): boolean =>
  "codes" in column && column.levels.length <= Math.max(2, Math.min(MOST_CLASSES, rows / 20));

const targetSaid = (target: Target | undefined): string =>
  target === undefined
    ? t`No column looks like one to predict: choose it to see what models learn from the rows.`
    : t`Guessed: ${quoted(target.column.name)} is what others would predict (${target.why}).`;

interface Attack {
  readonly sensitive: Column;
  readonly key: readonly Column[];
  readonly byName: boolean;
}

function attackSaid(attack: Attack | undefined): string {
  if (attack === undefined)
    return t`No column looks like a secret that others could look up: if the rows are of people, choose it and what an attacker knows.`;
  const names = attack.key.map(({ name }) => quoted(name)).join(", ");
  return t`Guessed: an attacker knows ${names} (${attack.byName ? t`by name` : t`columns of few categories`}) and is after ${quoted(attack.sensitive.name)} (by its name).`;
}
