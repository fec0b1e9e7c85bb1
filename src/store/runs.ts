/**
 * Runs that were made, as the table of runs shows them: what they were set to, what was measured, and how they are
 * to be found again. What is shown of one when it is opened is a packed result (`share/`), which this carries unread.
 */
import { datasetCards } from "../catalog/datasets.ts";
import { modelCard } from "../catalog/models.ts";
import { locale, midSentence, t } from "../language/words.ts";
import type { BackendName } from "../protocol/run.ts";
import { random } from "../random/random.ts";
import { settingsOf, type Setup } from "./setup.ts";

export interface RunRecord {
  readonly id: string;
  readonly name: string;
  readonly pinned: boolean;
  /** Milliseconds since 1970. */
  readonly began: number;
  /** The table's name. */
  readonly table: string;
  readonly setup: Setup;
  readonly step: number;
  /** Seconds of training. */
  readonly elapsed: number;
  readonly backend: BackendName | undefined;
  /** Energy distance to held-out rows, at its last step and its best one. */
  readonly distance?: number;
  readonly best?: { readonly step: number; readonly distance: number };
  readonly losses: {
    readonly steps: readonly number[];
    readonly curves: readonly { readonly name: string; readonly values: readonly number[] }[];
  };
  readonly packed: string;
}

/** A run that a reload or a crash has cut off, as it can be gone on with. */
export interface UnfinishedNote {
  readonly model: string;
  readonly table: string;
  readonly step: number;
  /** Its table was too large to be kept: the person brings it again. */
  readonly needsFile: boolean;
}

export interface RunsState {
  /** The newest first. */
  readonly records: readonly RunRecord[];
  /** They are kept on this device. */
  readonly remembered: boolean;
  readonly unfinished: UnfinishedNote | undefined;
  /** What was done last with what is kept, or why it could not be. */
  readonly said: string;
}

export const noRuns: RunsState = { records: [], remembered: false, unfinished: undefined, said: "" };

const [ways, birds] = [
  "brave calm clever dapper eager fleet gentle golden happy keen lively lucky merry mellow nimble plucky quiet rapid silver steady sunny swift tender witty",
  "avocet bittern crane curlew dipper dunlin eider finch godwit grebe heron ibis jackdaw kestrel lapwing linnet martin osprey plover puffin robin siskin teal wren",
].map((words) => words.split(" ")) as [string[], string[]];

/** Two words that no run before it has. @param taken names in use. */
export function friendlyName(taken: readonly string[], seed: number): string {
  const source = random(seed).fork("names");
  const pick = (words: readonly string[]): string => words[Math.floor(source.uniform() * words.length)]!;
  for (let turn = 0; ; turn++) {
    const name = `${pick(ways)} ${pick(birds)}${turn < 50 ? "" : ` ${turn}`}`;
    if (!taken.includes(name)) return name;
  }
}

/** The run with a newer state of it, in its place or in front. */
export const noted = (records: readonly RunRecord[], record: RunRecord): readonly RunRecord[] =>
  records.some(({ id }) => id === record.id)
    ? records.map((each) => (each.id === record.id ? record : each))
    : [record, ...records];

const dataName = ({ dataset }: Setup, table: string): string =>
  datasetCards.find(({ id }) => id === dataset)?.name ?? table;

/** What a run was set to otherwise than the baseline, in words; of another model, what differs from its own defaults. */
export function differences(
  { setup, table }: Pick<RunRecord, "setup" | "table">,
  baseline: Pick<RunRecord, "setup" | "table">,
): readonly string[] {
  const before = baseline.setup;
  const words: string[] = [];
  if (dataName(setup, table) !== dataName(before, baseline.table)) words.push(dataName(setup, table));
  const other = setup.model !== before.model;
  if (other) words.push(modelCard(setup.model).name);
  const usual = settingsOf(other ? { ...setup, settings: {} } : before);
  const now = settingsOf(setup);
  for (const { key, label } of modelCard(setup.model).settings)
    if (String(usual[key]) !== String(now[key])) words.push(`${midSentence(label)} ${String(now[key])}`);
  if (setup.seed !== before.seed) words.push(t`seed ${setup.seed}`);
  if (setup.weights !== before.weights) words.push(t`${t(setup.weights)} weights`);
  if (setup.budget.unit !== before.budget.unit || setup.budget.amount !== before.budget.amount)
    words.push(`${setup.budget.amount.toLocaleString(locale)} ${t(setup.budget.unit)}`);
  if (setup.holdout !== before.holdout) words.push(t`holdout ${setup.holdout}`);
  if (setup.numeric !== before.numeric) words.push(t`numbers ${setup.numeric}`);
  return words;
}

export type SortKey = "began" | "name" | "table" | "step" | "elapsed" | "distance" | "best";

/** Pinned runs first; runs without the figure that is sorted by stand last. */
export function sorted(records: readonly RunRecord[], key: SortKey, upwards: boolean): readonly RunRecord[] {
  const of = (record: RunRecord): string | number =>
    key === "best"
      ? (record.best?.distance ?? NaN)
      : key === "distance"
        ? (record.distance ?? NaN)
        : record[key];
  const order = (a: string | number, b: string | number): number => {
    if (typeof a === "string" || typeof b === "string") return String(a).localeCompare(String(b));
    return a - b;
  };
  return records.toSorted((a, b) => {
    if (a.pinned !== b.pinned) return a.pinned ? -1 : 1;
    const [x, y] = [of(a), of(b)];
    const [noX, noY] = [Number.isNaN(x), Number.isNaN(y)];
    if (noX || noY) return Number(noX) - Number(noY);
    return upwards ? order(x, y) : order(y, x);
  });
}

/** Whether every word stands in the run's name, model, data or differences. */
export function fits(record: RunRecord, words: string, baseline: RunRecord): boolean {
  const { name, setup, table } = record;
  const text = [name, modelCard(setup.model).name, dataName(setup, table), ...differences(record, baseline)]
    .join(" ")
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/u)
    .every((word) => text.includes(word));
}
