/** What a command line asks for, checked as far as that is possible before any file is opened. */
import type { ModelId } from "../src/catalog/card.ts";
import { parseModelSpec } from "../src/catalog/spec.ts";
import type { NumericTransform, PrepareOptions } from "../src/protocol/analysis.ts";
import type { BackendName } from "../src/protocol/run.ts";
import type { ColumnType } from "../src/table/table.ts";
import { readWords, type OptionSpecs, type Words } from "./options.ts";
import { Misuse } from "./terminal.ts";

/** Where rows go and how they are written. */
export interface RowsWanted {
  /** As many as the table has, where not given. */
  readonly rows: number | undefined;
  /** A path, "-" for stdout, or undefined where no rows are wanted. */
  readonly out: string | undefined;
  readonly escapeFormulas: boolean;
}

interface Work extends RowsWanted {
  /** As `parseCondition` reads them, once the columns are known. */
  readonly conditions: readonly string[];
  readonly backend: BackendName | undefined;
  readonly force: boolean;
  readonly quiet: boolean;
}

export interface Sample extends Work {
  readonly kind: "sample";
  /** A path, or "-" for stdin. */
  readonly run: string;
  /** The run's own where undefined. */
  readonly seed: number | undefined;
}

export interface Train extends Work {
  readonly kind: "train";
  /** A path, or "-" for stdin. */
  readonly table: string;
  /** As `parseModelSpec` reads it; undefined where none was named. */
  readonly model: string | undefined;
  /** "key=value" each. */
  readonly set: readonly string[];
  /** A saved run to begin with: a path, or undefined for fresh weights. */
  readonly from: string | undefined;
  /** Both Infinity is impossible: steps have a default. */
  readonly steps: number;
  readonly seconds: number;
  readonly seed: number;
  readonly holdout: number;
  readonly columns: PrepareOptions["columns"];
  /** Undefined: the usual ones. */
  readonly missingMarks: readonly string[] | undefined;
  /** Undefined: that of the run that it begins with, else quantiles. */
  readonly numeric: NumericTransform | undefined;
  readonly limit: number;
  /** Ends with the step whose rows were nearest to the holdout, not with the last one. */
  readonly keepBest: boolean;
  /** The table itself with its gaps filled, in place of new rows. */
  readonly fill: boolean;
  /** Where the trained model goes; undefined where it is not wanted. */
  readonly save: string | undefined;
}

export interface Export {
  readonly kind: "export";
  /** A path, or "-" for stdin. */
  readonly run: string;
  /** Where the graph goes; the decoder goes beside it. */
  readonly out: string;
  readonly force: boolean;
  readonly quiet: boolean;
}

export interface Score {
  readonly kind: "score";
  /** Paths, one of them "-" for stdin: the rows that were learned from, and those that are judged. */
  readonly real: string;
  readonly synthetic: string;
  /** Real rows that nothing was fitted to. */
  readonly holdout: string | undefined;
  readonly target: string | undefined;
  readonly key: readonly string[];
  readonly sensitive: readonly string[];
  readonly columns: PrepareOptions["columns"];
  readonly missingMarks: readonly string[] | undefined;
  readonly limit: number;
  readonly seed: number;
  readonly json: boolean;
  /** Where the report goes as a page; "-" is stdout. */
  readonly html: string | undefined;
  /** Whether the page may hold rows of the table. */
  readonly withRows: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
}

export interface Models {
  readonly kind: "models";
  readonly model: ModelId | undefined;
  readonly json: boolean;
}

export const topics = ["train", "sample", "score", "export", "models"] as const;
export type Topic = (typeof topics)[number];

export type Command =
  | Train
  | Sample
  | Score
  | Export
  | Models
  | { readonly kind: "help"; readonly topic: Topic | undefined }
  | { readonly kind: "version" };

/** What the lab starts from, too. */
export const usual = {
  model: "diffusion",
  numeric: "quantile",
  steps: 2_000,
  seed: 7,
  holdout: 0.2,
  limit: 100_000,
} as const;

const common: OptionSpecs = { help: { type: "boolean", short: "h" }, debug: { type: "boolean" } };

const work: OptionSpecs = {
  ...common,
  rows: { type: "string", short: "n" },
  seed: { type: "string" },
  out: { type: "string", short: "o" },
  condition: { type: "string", multiple: true },
  "escape-formulas": { type: "boolean" },
  backend: { type: "string" },
  force: { type: "boolean", short: "f" },
  quiet: { type: "boolean", short: "q" },
};

const optionsOf: Readonly<Record<Topic, OptionSpecs>> = {
  train: {
    ...work,
    model: { type: "string", short: "m" },
    set: { type: "string", multiple: true },
    from: { type: "string" },
    steps: { type: "string" },
    seconds: { type: "string" },
    holdout: { type: "string" },
    columns: { type: "string", multiple: true },
    missing: { type: "string", multiple: true },
    numeric: { type: "string" },
    limit: { type: "string" },
    "keep-best": { type: "boolean" },
    fill: { type: "boolean" },
    save: { type: "string" },
  },
  sample: work,
  score: {
    ...common,
    holdout: { type: "string" },
    target: { type: "string" },
    key: { type: "string", multiple: true },
    sensitive: { type: "string", multiple: true },
    columns: { type: "string", multiple: true },
    missing: { type: "string", multiple: true },
    limit: { type: "string" },
    seed: { type: "string" },
    json: { type: "boolean" },
    html: { type: "string" },
    "with-rows": { type: "boolean" },
    force: { type: "boolean", short: "f" },
    quiet: { type: "boolean", short: "q" },
  },
  export: {
    ...common,
    out: { type: "string", short: "o" },
    force: { type: "boolean", short: "f" },
    quiet: { type: "boolean", short: "q" },
  },
  models: { ...common, json: { type: "boolean" } },
};

const savedRun = "a run that likeness train --save made, or - for stdin";
const backends = ["webgpu", "wasm", "cpu"] as const;
const seeds = { least: 0, most: 2 ** 32 - 1, whole: true } as const;

/** @throws Misuse in words. */
export function parseCommand(args: readonly string[]): Command {
  const [name, ...rest] = args;
  const topic = topics.find((each) => each === name);
  if (topic !== undefined) {
    const words = readWords(rest, optionsOf[topic]);
    if (words.on("help")) return { kind: "help", topic };
    const read = { train: readTrain, sample: readSample, score: readScore, export: readExport, models: readModels }; // prettier-ignore
    return read[topic](words);
  }
  if (name === "help") {
    const about = topics.find((each) => each === rest[0]);
    if (rest.length > 0 && about === undefined)
      throw new Misuse(`There is no command "${rest[0]}" to help with. There are ${topics.join(", ")}.`);
    return { kind: "help", topic: about };
  }
  if (name === undefined) throw new Misuse(`Name a command: ${topics.join(", ")}.`);
  if (!name.startsWith("-"))
    throw new Misuse(`There is no command "${name}". There are ${topics.join(", ")}.`);
  const words = readWords(args, { ...common, version: { type: "boolean", short: "V" } });
  return words.on("version") ? { kind: "version" } : { kind: "help", topic: undefined };
}

function readTrain(words: Words): Train {
  const table = onlyFile(words, "a CSV file to learn from, or - for stdin");
  const steps = words.number("steps", { least: 1, whole: true });
  const seconds = words.number("seconds", { least: 0.001 });
  const [model, set, from] = [words.text("model"), words.texts("set"), words.text("from")];
  // The settings of a run that it begins with are checked once its model is known.
  if (model !== undefined || from === undefined)
    misuse(() => parseModelSpec([model ?? usual.model, ...set].join(":")));
  if (from === "-" && table === "-") throw new Misuse("The table and --from can't both be stdin.");
  const missing = words.texts("missing");
  const fill = words.on("fill");
  if (fill && (words.texts("condition").length > 0 || words.text("rows") !== undefined))
    throw new Misuse("--fill writes the table itself, so it goes with neither --rows nor --condition.");
  const holdout = words.number("holdout", { least: 0, most: 0.5 }) ?? usual.holdout;
  if (holdout === 0 && words.on("keep-best"))
    throw new Misuse(
      "--keep-best holds steps against rows that are set aside, so --holdout must be above 0.",
    );
  const save = words.text("save");
  const out = words.text("out") ?? (save === undefined ? "-" : undefined);
  if (save !== undefined && save === out)
    throw new Misuse(`--save and --out both name ${out}; name two files.`);
  return {
    kind: "train",
    table,
    model,
    set,
    from,
    steps: steps ?? (seconds === undefined ? usual.steps : Infinity),
    seconds: seconds ?? Infinity,
    seed: words.number("seed", seeds) ?? usual.seed,
    holdout,
    columns: readColumns(words.texts("columns")),
    missingMarks: missing.length > 0 ? missing : undefined,
    numeric: words.choice("numeric", ["quantile", "standard", "minmax", "none"]),
    limit: words.number("limit", { least: 2, whole: true }) ?? usual.limit,
    ...readWork(words),
    keepBest: words.on("keep-best"),
    fill,
    save,
    out,
  };
}

function readSample(words: Words): Sample {
  return {
    kind: "sample",
    run: onlyFile(words, savedRun),
    seed: words.number("seed", seeds),
    ...readWork(words),
    out: words.text("out") ?? "-",
  };
}

function readScore(words: Words): Score {
  const [real, synthetic, ...others] = words.positionals;
  if (real === undefined || synthetic === undefined)
    throw new Misuse("Name two CSV files: the real rows that were learned from, then the synthetic ones.");
  if (others.length > 0)
    throw new Misuse(
      `Name two files, not ${words.positionals.length}: held-out rows go after --holdout, and columns are joined by commas without blanks.`,
    );
  const holdout = words.text("holdout");
  const missing = words.texts("missing");
  if ([real, synthetic, holdout].filter((file) => file === "-").length > 1)
    throw new Misuse("Only one of the files can come from stdin.");
  const html = words.text("html");
  if (html === "-" && words.on("json"))
    throw new Misuse("--json and --html - both write to stdout; name a file for the page.");
  if (words.on("with-rows") && html === undefined)
    throw new Misuse("--with-rows is about the page that --html writes, so name one.");
  const names = (option: string): readonly string[] =>
    words
      .texts(option)
      .flatMap((text) => text.split(","))
      .map((name) => name.trim())
      .filter((name) => name !== "");
  const [target, key, sensitive] = [words.text("target"), names("key"), names("sensitive")];
  if ((key.length === 0) !== (sensitive.length === 0))
    throw new Misuse(
      "--key and --sensitive go together: what an attacker knows of a person, and what they are after.",
    );
  const both = key.find((name) => sensitive.includes(name));
  if (both !== undefined) throw new Misuse(`"${both}" can't be both known and sensitive.`);
  return {
    kind: "score",
    real,
    synthetic,
    holdout,
    target,
    key,
    sensitive,
    columns: readColumns(words.texts("columns")),
    missingMarks: missing.length > 0 ? missing : undefined,
    limit: words.number("limit", { least: 2, whole: true }) ?? usual.limit,
    seed: words.number("seed", seeds) ?? usual.seed,
    json: words.on("json"),
    html,
    withRows: words.on("with-rows"),
    force: words.on("force"),
    quiet: words.on("quiet"),
  };
}

function readExport(words: Words): Export {
  const run = onlyFile(words, savedRun);
  const out = words.text("out");
  if (out === undefined)
    throw new Misuse("Say with --out where the ONNX file goes; its decoder goes beside it.");
  if (out === "-") throw new Misuse("Two files are written, so --out must name a file, not stdout.");
  return { kind: "export", run, out, force: words.on("force"), quiet: words.on("quiet") };
}

function readWork(words: Words): Work {
  return {
    rows: words.number("rows", { least: 1, whole: true }),
    conditions: words.texts("condition"),
    out: words.text("out"),
    escapeFormulas: words.on("escape-formulas"),
    backend: words.choice("backend", backends),
    force: words.on("force"),
    quiet: words.on("quiet"),
  };
}

function readModels(words: Words): Models {
  const [name, ...others] = words.positionals;
  if (others.length > 0) throw new Misuse(`Name one model, not ${words.positionals.length}.`);
  if (name !== undefined) misuse(() => parseModelSpec(name));
  return { kind: "models", model: name as ModelId | undefined, json: words.on("json") };
}

function onlyFile({ positionals }: Words, what: string): string {
  const [file, ...others] = positionals;
  if (file === undefined) throw new Misuse(`Name ${what}.`);
  if (others.length > 0)
    throw new Misuse(`Name one file, not ${positionals.length}: ${positionals.join(", ")}.`);
  return file;
}

const columnTypes = ["number", "category", "boolean", "datetime", "identifier", "text", "constant"] as const;
const columnWords: readonly string[] = [...columnTypes, "on", "off"];
/** A comma between two choices follows one of the words; one inside a name does not. */
const betweenColumns = new RegExp(`(?<=:(?:${columnWords.join("|")})),`, "u");

/** ["age:number,zip:category", "id:off"] by name. */
function readColumns(texts: readonly string[]): PrepareOptions["columns"] {
  const columns: Record<string, { type?: ColumnType; include?: boolean }> = Object.create(null);
  for (const part of texts.flatMap((text) => text.split(betweenColumns))) {
    const at = part.lastIndexOf(":");
    const [name, word] = [part.slice(0, Math.max(0, at)), part.slice(at + 1)];
    if (name === "" || !columnWords.includes(word))
      throw new Misuse(
        `--columns wants name:type with a type of ${columnTypes.join(", ")}, or name:on or name:off, not "${part}".`,
      );
    const type = columnTypes.find((each) => each === word);
    columns[name] = { ...columns[name], ...(type === undefined ? { include: word === "on" } : { type }) };
  }
  return columns;
}

/** The catalog's refusals are a person's mistakes here. */
function misuse(check: () => void): void {
  try {
    check();
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** The topic that a command line is about, for the hint under a `Misuse`. */
export const topicOf = ([name]: readonly string[]): Topic | undefined => topics.find((each) => each === name);
