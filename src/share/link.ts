/**
 * The setup link: what differs from the defaults, in the hash, readable by eye:
 * `#v=1&data=ring&model=gan&s.latent=16&seed=3`. Opening one sets controls and
 * runs nothing. Whatever arrives is checked field by field; what is wrong is
 * left out and said. A person's own table never travels: neither its rows nor
 * the names of its columns. Nor do weights: the link of a run that began with
 * another's says so. A result has a link of another form (`resultText`).
 */
import * as v from "valibot";
import { datasetCards, type DatasetId } from "../catalog/datasets.ts";
import type { ModelId } from "../catalog/card.ts";
import { modelCards } from "../catalog/models.ts";
import { faultOf, type Setting, type SettingValue } from "../catalog/setting.ts";
import { count, t } from "../language/words.ts";
import { readExperiment, writeExperiment } from "./experimentText.ts";
import { readTask, writeTask } from "./taskText.ts";
import type { Task } from "../store/task.ts";
import { placeKey, type LessonPlace } from "../store/course.ts";
import { defaultSetup, setupFor, type ColumnChoice, type Setup } from "../store/setup.ts";

/** Longer hashes are refused unread. */
const longest = 16_384;
const mostMarks = 60;
const longestMark = 64;

export interface Opened {
  readonly setup: Setup;
  /** What was ignored and why, for people; empty for a sound link. */
  readonly faults: readonly string[];
  /** True where the hash held a setup at all. */
  readonly found: boolean;
  /** The step of the course that is to be open; whether there is such a one is for the course to say. */
  readonly lesson?: LessonPlace;
  /** What a teacher asks with it. */
  readonly task?: Task;
}

const whole = (least: number, most: number) =>
  v.pipe(v.string(), v.regex(/^-?\d{1,12}$/u), v.transform(Number), v.minValue(least), v.maxValue(most));
const decimal = (least: number, most: number) =>
  v.pipe(v.string(), v.maxLength(24), v.transform(Number), v.finite(), v.minValue(least), v.maxValue(most));

const columnTypes = ["number", "category", "boolean", "datetime", "identifier", "text", "constant"] as const;
const views = [
  "plane",
  "pca",
  "umap",
  "pair",
  "columns",
  "images",
  "rows",
  "inside",
  "quality",
  "helps",
] as const;

/** Fields with a fixed name: how each is checked and what it means. */
const fields = {
  data: v.picklist([...datasetCards.map((card) => card.id), "own"] as [DatasetId | "own"]),
  model: v.picklist(modelCards.map((card) => card.id) as [ModelId]),
  seed: whole(0, 2 ** 32 - 1),
  steps: whole(1, 10_000_000),
  seconds: whole(1, 86_400),
  speed: decimal(0.1, 100_000),
  holdout: decimal(0, 0.5),
  numeric: v.picklist(["quantile", "minmax", "standard", "none"]),
  view: v.picklist(views),
  pair: v.pipe(v.string(), v.regex(/^\d{1,5},\d{1,5}$/u)),
  lesson: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}\.[a-z0-9-]{1,40}$/u)),
} as const;

function writeValue(value: SettingValue): string {
  return Array.isArray(value) ? value.join("-") : String(value);
}

function readValue(setting: Setting, text: string): SettingValue | undefined {
  switch (setting.kind) {
    case "number":
      return text.trim() === "" ? undefined : Number(text);
    case "choice":
      return text;
    case "sizes":
      return text.split("-").map(Number);
    case "switch":
      return text === "true" ? true : text === "false" ? false : undefined;
    default:
      setting satisfies never;
      return undefined;
  }
}

/** What a hash with a result begins with: older pages read its version and say that they can't. */
const resultMark = "v=2&r=";

/** The hash for a result that `writeResult` has packed, without "#". */
export const resultHash = (packed: string): string => resultMark + packed;

/** The packed result in a hash (with or without "#"), if it holds one. */
export function resultIn(hash: string): string | undefined {
  const text = hash.startsWith("#") ? hash.slice(1) : hash;
  return text.startsWith(resultMark) ? text.slice(resultMark.length) : undefined;
}

/** The hash for a setup, without "#"; "" where everything stands at its default and no lesson is open. */
export function writeLink(setup: Setup, lesson?: LessonPlace, task?: Task): string {
  const out = new URLSearchParams();
  if (task !== undefined) writeTask(task, out);
  if (lesson !== undefined) out.set("lesson", placeKey(lesson));
  const standard = setupFor(setup.dataset);
  const put = (key: string, value: string | number, usual: string | number): void => {
    if (value !== usual) out.set(key, String(value));
  };
  put("data", setup.dataset, defaultSetup.dataset);
  put("model", setup.model, standard.model);
  for (const [key, value] of Object.entries(setup.settings)) out.set(`s.${key}`, writeValue(value));
  if (setup.weights !== "fresh") out.set("weights", "carried");
  put("seed", setup.seed, standard.seed);
  if (setup.budget.unit !== standard.budget.unit || setup.budget.amount !== standard.budget.amount)
    out.set(setup.budget.unit, String(setup.budget.amount));
  if (Number.isFinite(setup.speed)) out.set("speed", String(setup.speed));
  put("holdout", setup.holdout, standard.holdout);
  put("numeric", setup.numeric, standard.numeric);
  if (setup.missingMarks.join("\n") !== standard.missingMarks.join("\n"))
    for (const mark of setup.missingMarks) out.append("missing", mark);
  if (setup.view !== undefined) out.set("view", setup.view);
  if (setup.pair !== undefined) out.set("pair", setup.pair.join());
  if (setup.dataset !== "own") {
    if (setup.experiment !== undefined) out.set("exp", writeExperiment(setup.experiment));
    for (const [name, choice] of Object.entries(setup.columns)) {
      const words = [choice.type ?? "", choice.include === undefined ? "" : choice.include ? "on" : "off"];
      if (words.some((word) => word !== "")) out.set(`c.${name}`, words.join("."));
    }
  }
  const text = out.toString();
  return text === "" ? "" : `v=1&${text}`;
}

/** The setup that a hash (with or without "#") asks for, as far as it is sound. */
export function readLink(hash: string): Opened {
  const text = hash.startsWith("#") ? hash.slice(1) : hash;
  if (text === "") return { setup: defaultSetup, faults: [], found: false };
  if (text.length > longest)
    return {
      setup: defaultSetup,
      faults: [t`The link is longer than ${count(longest)} characters, so it was not read.`],
      found: false,
    };
  const params = new URLSearchParams(text);
  if (params.get("v") !== "1")
    return {
      setup: defaultSetup,
      faults: [
        params.has("v")
          ? t`The link was made by a newer Likeness, so it was not read.`
          : t`The link is incomplete, so it was not read.`,
      ],
      found: false,
    };
  const faults: string[] = [];
  function field<K extends keyof typeof fields>(key: K): v.InferOutput<(typeof fields)[K]> | undefined {
    const given = params.get(key);
    if (given === null) return undefined;
    const result = v.safeParse(fields[key], given);
    if (result.success) return result.output as v.InferOutput<(typeof fields)[K]>;
    faults.push(t`The link's “${key}” is not a value this page knows; the default is used.`);
    return undefined;
  }

  const dataset = field("data") ?? defaultSetup.dataset;
  const standard = setupFor(dataset);
  const model = field("model") ?? standard.model;
  const card = modelCards.find((candidate) => candidate.id === model);
  const settings: Record<string, SettingValue> = {};
  const columns: Record<string, ColumnChoice> = {};
  for (const [key, given] of params) {
    if (key.startsWith("s.")) {
      const setting = card?.settings.find((candidate) => candidate.key === key.slice(2));
      const value = setting && readValue(setting, given);
      const fault = setting ? faultOf(setting, value) : t`This model has no such setting.`;
      if (fault === undefined && setting && value !== undefined) settings[setting.key] = value;
      else
        faults.push(
          t`The link's setting “${key.slice(2, 40)}” is left at its default: ${fault ?? t`it is empty.`}`,
        );
    } else if (key.startsWith("c.")) {
      const name = key.slice(2);
      const [type = "", include = ""] = given.split(".");
      const known = columnTypes.find((candidate) => candidate === type);
      if (
        name === "__proto__" ||
        (type !== "" && known === undefined) ||
        !["", "on", "off"].includes(include)
      ) {
        faults.push(t`The link's choice for column “${name.slice(0, 40)}” is left out.`);
        continue;
      }
      columns[name] = {
        ...(known !== undefined && { type: known }),
        ...(include !== "" && { include: include === "on" }),
      };
    }
  }
  const marks = params.getAll("missing");
  const marksFit = marks.length <= mostMarks && marks.every((mark) => mark.length <= longestMark);
  if (!marksFit)
    faults.push(t`The link names too many or too long marks for missing cells; the usual ones are used.`);
  if (params.has("weights"))
    faults.push(
      t`The run of this link began with the weights of another run, which no link carries. Here it begins with fresh ones, so its rows will be others.`,
    );
  const told = params.get("exp");
  const experiment = told === null ? undefined : readExperiment(told);
  if (told !== null && experiment === undefined)
    faults.push(
      t`The link's experiment is not one that this page knows; choose what to try under “Does it help?”.`,
    );
  const task = readTask(params);
  if (task === "damaged")
    faults.push(t`The link's task is not one that this page knows; ask your teacher for the link again.`);
  const steps = field("steps");
  const seconds = field("seconds");
  const pair = field("pair")?.split(",").map(Number);
  const [lesson, step] = field("lesson")?.split(".") ?? [];
  return {
    found: true,
    faults,
    ...(lesson !== undefined && step !== undefined && { lesson: { lesson, step } }),
    ...(task !== undefined && task !== "damaged" && { task }),
    setup: {
      ...standard,
      dataset,
      model,
      settings,
      seed: field("seed") ?? standard.seed,
      budget:
        steps !== undefined
          ? { unit: "steps", amount: steps }
          : seconds !== undefined
            ? { unit: "seconds", amount: seconds }
            : standard.budget,
      speed: field("speed") ?? standard.speed,
      holdout: field("holdout") ?? standard.holdout,
      numeric: field("numeric") ?? standard.numeric,
      columns,
      missingMarks: marks.length > 0 && marksFit ? marks : standard.missingMarks,
      view: field("view"),
      pair: pair ? [pair[0]!, pair[1]!] : undefined,
      experiment,
    },
  };
}
