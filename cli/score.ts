/** `likeness score`: how good synthetic rows are, whoever made them, from files alone. */
import path from "node:path";
import { fitEncoder } from "../src/encode/encoder.ts";
import type { ReportCard, ReportQuestion } from "../src/protocol/report.ts";
import { allRows } from "../src/quality/compared.ts";
import { random } from "../src/random/random.ts";
import { guessQuestion } from "../src/sessions/questions.ts";
import { reportCard } from "../src/sessions/reportCard.ts";
import { reportPage } from "../src/sessions/reportPage.ts";
import { inSlices } from "../src/sessions/slices.ts";
import type { Table } from "../src/table/table.ts";
import type { Score } from "./arguments.ts";
import { checkOutput, nameOf, openOutput, whole } from "./files.ts";
import { scoreTable } from "./scoreTable.ts";
import { openTables, type Tables } from "./tables.ts";
import { done, Misuse, Stopped, type Terminal } from "./terminal.ts";

/** Work between two looks at the terminal, ms. */
const sliceMs = 50;

/** @throws Misuse, or Error in words. */
export async function score(asked: Score, terminal: Terminal): Promise<number> {
  const tell = asked.quiet ? (): void => {} : (line: string): void => terminal.say(`${line}\n`);
  const { html } = asked;
  for (const file of [asked.real, asked.synthetic, asked.holdout])
    if (html !== undefined && file !== undefined && path.resolve(file) === path.resolve(html))
      throw new Misuse(`${html} is one of the tables; name another file for the report.`);
  if (html !== undefined) checkOutput(html, asked.force);
  const tables = await openTables(asked, terminal, tell);
  if (tables.left.length > 0)
    tell(`Not judged: ${tables.left.join(", ")} (--columns name:on takes a column in).`);
  if (tables.holdout.rows === 0)
    tell("Without --holdout, real rows that no model saw, there is no figure for privacy and utility.");
  const card = await judge(asked, tables, questionOf(asked, tables.real, tell), terminal);
  if (html !== undefined) {
    const output = openOutput(html, terminal);
    await whole(output, () => output.write(reportPage(card, { rows: asked.withRows })));
    tell(`Wrote ${html}.`);
  }
  // A page on stdout has it for itself.
  if (html !== "-") await terminal.out(asked.json ? `${JSON.stringify(card, null, 2)}\n` : scoreTable(card));
  return done;
}

/** What was asked for, or where nothing was, a guess that is said to be one. */
function questionOf(
  { target, key, sensitive }: Score,
  real: Table,
  tell: (line: string) => void,
): ReportQuestion {
  const named = [...(target === undefined ? [] : [target]), ...key, ...sensitive];
  const judged = real.columns.map(({ name }) => name);
  const off = named.find((name) => !judged.includes(name));
  if (off !== undefined)
    throw new Misuse(`"${off}" is not judged; --columns ${off}:category (or :number) takes it in.`);
  if (named.length > 0) return { ...(target !== undefined && { target }), key, sensitive };
  const guess = guessQuestion(real);
  if (guess === undefined) return { key: [], sensitive: [] };
  const { said, ...question } = guess;
  tell(`${said} --target, --key and --sensitive say otherwise.`);
  return question;
}

async function judge(
  asked: Score,
  { real, synthetic, holdout }: Tables,
  question: ReportQuestion,
  terminal: Terminal,
): Promise<ReportCard> {
  const encoder = fitEncoder(real, allRows(real), { numeric: "standard" });
  const work = reportCard(
    {
      table: nameOf(path.basename(asked.real)),
      made: `Rows of ${nameOf(path.basename(asked.synthetic))}`,
    },
    { train: real, holdout, synthetic },
    { ...question, encode: (table, rows) => encoder.encode(table, rows), random: random(asked.seed) },
  );
  let tenths = 0;
  const show = (share: number): void => {
    if (asked.quiet) return;
    if (terminal.columns !== undefined) terminal.say(`\r\u001B[2KJudging: ${Math.round(100 * share)} %`);
    else if (Math.floor(10 * share) > tenths) {
      tenths = Math.floor(10 * share);
      terminal.say(`${String(10 * tenths).padStart(3)} %  judged\n`);
    }
  };
  try {
    return await inSlices(work, terminal, sliceMs, {
      sliced: (_, share) => share < 1 && show(share),
      rested() {
        if (terminal.interrupted) throw new Stopped("Stopped.");
      },
    });
  } finally {
    if (terminal.columns !== undefined && !asked.quiet) terminal.say("\r\u001B[2K");
  }
}
