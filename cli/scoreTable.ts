/** A report as a table of plain text, for whoever sits before the terminal. */
import { count } from "../src/language/words.ts";
import type { Beside, GroupsCard, ReportCard } from "../src/protocol/report.ts";
import { isValue, type Measured } from "../src/quality/measured.ts";
import { percentOf } from "../src/table/said.ts";

const WORST = 5;
const wide = 26;
const narrow = 12;

export function scoreTable(card: ReportCard): string {
  const { rows, table, made, question } = card;
  const lines = [
    `${table}: ${made === undefined ? "" : `${made}: `}${count(rows.synthetic)} synthetic rows against ${count(rows.train)} training and ${count(rows.holdout)} held-out rows`,
    ...(question.target === undefined ? [] : [`To be predicted: ${question.target}`]),
    ...(question.key.length === 0 ? [] : [`Known to an attacker: ${question.key.join(", ")}`]),
    ...(question.sensitive.length === 0 ? [] : [`Sensitive: ${question.sensitive.join(", ")}`]),
    "",
    head("", "synthetic", "holdout", "independent", "copy"),
  ];
  for (const axis of card.axes) {
    lines.push(rowOf(axis.label.toUpperCase(), axis));
    if (axis.verdict !== "") lines.push(`  ${axis.verdict}`);
    for (const part of axis.parts) lines.push(rowOf(`  ${part.label}`, part));
    lines.push("");
  }
  lines.push(...worst("Worst columns", card.columns.map(({ name, error, holdout }) => ({ name, error, holdout })))); // prettier-ignore
  lines.push(
    ...worst("Worst pairs", card.pairs.map(({ columns, error, holdout }) => ({ name: columns.join(" × "), error, holdout }))), // prettier-ignore
  );
  lines.push(...groupTable(card.groups[0]));
  lines.push("LIMITS", ...card.limits.map(({ sentence }) => `  ${sentence}`), "");
  return lines.join("\n");
}

const head = (first: string, ...others: readonly string[]): string =>
  `${first.padEnd(wide)}${others.map((word, i) => word.padStart(i === 0 ? narrow + 3 : narrow)).join("")}`;

const figure = (measured: Measured): string => (isValue(measured) ? measured.value.toFixed(3) : "–");

function rowOf(label: string, { measured, spread, holdout, independent, copy }: Beside): string {
  if (!isValue(measured)) return `${label}\n    not computable, because: ${measured.why}`;
  const own = `${figure(measured)}${spread === undefined ? "        " : ` ± ${spread.toFixed(3)}`}`;
  const name = label.length > wide - 1 ? `${label.slice(0, wide - 2)}…` : label;
  return head(name, own, figure(holdout), figure(independent), figure(copy)).trimEnd();
}

function worst(
  title: string,
  all: readonly { readonly name: string; readonly error: Measured; readonly holdout: Measured }[],
): readonly string[] {
  const known = all.filter(({ error }) => isValue(error)).slice(0, WORST);
  if (known.length === 0) return [];
  const longest = Math.max(...known.map(({ name }) => name.length), title.length);
  return [
    `${title.toUpperCase().padEnd(longest + 2)}  off by  holdout's`,
    ...known.map(
      ({ name, error, holdout }) =>
        `  ${name.padEnd(longest)}  ${figure(error)}  ${figure(holdout).padStart(9)}`,
    ),
    "",
  ];
}

/** The groups of the column that was asked about first; the others are in the page and the JSON. */
function groupTable(card: GroupsCard | undefined): readonly string[] {
  if (card === undefined) return [];
  const { column, groups, unit, odds } = card;
  const longest = Math.max(column.length + 10, ...groups.map(({ name }) => Math.min(name.length, wide)));
  const wrong = unit === "share" ? "wrong" : "error";
  const line = (name: string, ...cells: readonly string[]): string =>
    `${name.slice(0, longest).padEnd(longest)}${cells.map((cell) => cell.padStart(13)).join("")}`;
  return [
    line(`GROUPS OF ${column}`, "real", "synthetic", "off by", `${wrong}, real`, `${wrong}, syn.`),
    ...groups.map(
      ({ name, shares, shapeError, wrong: { real, synthetic }, standing }) =>
      `${line(`  ${name}`, percentOf(shares.train), percentOf(shares.synthetic), figure(shapeError.synthetic), figure(real), figure(synthetic))}${standing === "kept" ? "" : `  ${standing}`}`, // prettier-ignore
    ),
    ...("why" in odds.real || "why" in odds.synthetic
      ? []
      : [`  Equalised-odds difference: ${odds.real.difference.toFixed(3)} trained on real rows, ${odds.synthetic.difference.toFixed(3)} on synthetic ones (shuffled groups: ${odds.real.chance.toFixed(3)}, ${odds.synthetic.chance.toFixed(3)})`]), // prettier-ignore
    "",
  ];
}
