/**
 * An experiment in a link: a case's name, or its choices as "curves;target=income;sizes=100,300". Text in the open, and a stranger's:
 * what isn't sound is left out as a whole, for half an experiment would give another verdict.
 */
import {
  experimentKinds,
  experimentLimits,
  experiments,
  learnerWords,
  measureWords,
  type ExperimentCase,
  type ExperimentChoice,
  type ExperimentKind,
} from "../catalog/experiments.ts";

const longestName = 200;

export function writeExperiment(choice: ExperimentChoice): string {
  const known = experiments.find((one) => listOf(one.choice) === listOf(choice));
  return known?.id ?? listOf(choice);
}

function listOf(choice: ExperimentChoice): string {
  const { kind, target, positive, sizes, multiple, share, seeds, steps, learners, measures } = choice;
  return [
    kind,
    `target=${encodeURIComponent(target)}`,
    ...(positive === undefined ? [] : [`class=${encodeURIComponent(positive)}`]),
    `sizes=${sizes.join()}`,
    kind === "rare" ? `share=${share}` : `times=${multiple}`,
    `seeds=${seeds}`,
    `steps=${steps}`,
    `teach=${learners.join()}`,
    `by=${measures.join()}`,
  ].join(";");
}

/** The case that a text names, or a choice; undefined where it is neither. */
export function readExperiment(text: string): ExperimentChoice | undefined {
  const known: ExperimentCase | undefined = experiments.find(({ id }) => id === text);
  if (known !== undefined) return known.choice;
  const [kind, ...parts] = text.split(";");
  const isKind = (name: string | undefined): name is ExperimentKind =>
    experimentKinds.some((each) => each === name);
  if (!isKind(kind)) return undefined;
  const fields = new Map(parts.map((part) => [part.split("=", 1)[0]!, part.slice(part.indexOf("=") + 1)]));
  const target = nameIn(fields.get("target"));
  const positive = nameIn(fields.get("class"));
  const sizes = numbersIn(fields.get("sizes"), experimentLimits.sizes);
  const one = (key: string, limits: Limits): number | undefined => numbersIn(fields.get(key), limits)?.[0];
  const multiple = kind !== "rare" ? one("times", experimentLimits.multiple) : usual.multiple;
  const share = kind === "rare" ? one("share", experimentLimits.share) : usual.share;
  const seeds = one("seeds", experimentLimits.seeds);
  const steps = one("steps", experimentLimits.steps);
  const learners = namesIn(fields.get("teach"), learnerWords);
  const measures = namesIn(fields.get("by"), measureWords);
  if (target === undefined || sizes === undefined || multiple === undefined || share === undefined || seeds === undefined || steps === undefined || learners === undefined || measures === undefined) return undefined; // prettier-ignore
  if (kind === "rare" && positive === undefined) return undefined;
  if (![...sizes, seeds, steps].every(Number.isInteger)) return undefined;
  return { kind, target, ...(positive !== undefined && { positive }), sizes, multiple, share, seeds, steps, learners, measures }; // prettier-ignore
}

/** Of the other kind, which has no use for it. */
const usual = { multiple: 5, share: 0.3 };

type Limits = { readonly least: number; readonly most: number; readonly many?: number };

function nameIn(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  try {
    const name = decodeURIComponent(text);
    return name.length > longestName ? undefined : name;
  } catch {
    return undefined;
  }
}

function numbersIn(text: string | undefined, { least, most, many = 1 }: Limits): number[] | undefined {
  const numbers = (text ?? "").split(",").map((part) => (part.trim() === "" ? NaN : Number(part)));
  const sound = numbers.length <= many && numbers.every((number) => number >= least && number <= most);
  return sound ? numbers : undefined;
}

function namesIn<K extends string>(
  text: string | undefined,
  known: Readonly<Record<K, string>>,
): K[] | undefined {
  const names = (text ?? "").split(",");
  const sound = names.every((name): name is K & string => Object.hasOwn(known, name));
  return sound && new Set(names).size === names.length ? (names as K[]) : undefined;
}
