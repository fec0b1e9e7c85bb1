/**
 * Transfer learning: a run that begins with another run's weights. S. J. Pan, Q. Yang, A Survey on Transfer Learning,
 * 2010; that first layers carry over and how far: J. Yosinski et al., How transferable are features in deep neural
 * networks?, 2014. https://arxiv.org/abs/1411.1792
 *
 * A weight of a first or last layer is carried where what it reads or writes is in both tables (`encode/matching.ts`),
 * hidden layers where they have as many units. What is left keeps its fresh first value, and the optimizer knows nothing.
 * Where a net has an average, that is what is carried: it is what the other run's rows were drawn with.
 */
import type { ModelId } from "../catalog/card.ts";
import type { Span } from "../encode/span.ts";
import type { Matching } from "../encode/matching.ts";
import type { Variable } from "../engine/tf.ts";
import { outline } from "../models/index.ts";
import type { GenerativeModel, Plain, Prior } from "../models/model.ts";
import type { Place, Placed } from "../models/places.ts";
import { Unfit } from "../models/state.ts";
import type { Carried, RunConfig } from "../protocol/run.ts";
import type { Checkpoint } from "./checkpoint.ts";

/** A run whose weights another begins with. */
export interface Origin extends Pick<RunConfig, "model" | "settings"> {
  readonly spans: readonly Span[];
  /** Numbers in one of its encoded rows. */
  readonly width: number;
  /** See `GenerativeModel.fitted`. */
  readonly fitted: Plain;
  /** As a file holds them, without the nets that sampling does without (`ModelState`), or as a checkpoint does. */
  readonly weights: readonly Float32Array[] | Checkpoint;
  /** From its encoded rows to those that are learned now. */
  readonly matching: Matching;
}

export const priorOf = ({ spans, fitted, matching }: Origin): Prior => ({ spans, fitted, matching });

/**
 * @param model that learns now, and which it is. @param fresh its first checkpoint.
 * @returns that checkpoint with the other run's weights wherever they mean the same.
 * @throws Unfit where the origin is damaged.
 */
export function carry(
  model: GenerativeModel,
  fresh: Checkpoint,
  id: ModelId,
  origin: Origin,
): { readonly checkpoint: Checkpoint; readonly carried: Carried } {
  const { matching } = origin;
  const all = model.placed.reduce((sum, { weight }) => sum + weight.size, 0);
  if (origin.model !== id || all === 0)
    return { checkpoint: fresh, carried: { columns: [], weights: 0, of: all } };

  const { spans, width, settings } = origin;
  const other = outline(origin.model, { spans, width, settings }, origin.fitted);
  try {
    const theirs = new Map(other.placed.map((each) => [each.name, each]));
    const valuesOf = valuesIn(other, origin.weights);
    const before = valuesIn(model, fresh);
    const begun = new Map<Variable, Float32Array>();
    let weights = 0;
    for (const target of model.placed) {
      const source = theirs.get(target.name);
      const values = source && valuesOf(source.weight);
      if (source === undefined || values === undefined || !asWhole(source, target, matching)) continue;
      const mine = before(target.weight)!.slice();
      const copied = copy(source, values, target, mine, matching);
      if (copied === 0) continue;
      weights += copied;
      begun.set(target.weight, mine);
    }
    const carried = weights === 0 ? [] : matching.matches;
    return { checkpoint: withValues(model, fresh, begun), carried: { columns: carried, weights, of: all } };
  } finally {
    other.dispose();
  }
}

/** Writes into `mine` what `values` has for it. @returns how many weights. */
function copy(
  source: Placed,
  values: Float32Array,
  target: Placed,
  mine: Float32Array,
  matching: Matching,
): number {
  const axes = target.axes.map((axis, a) => follow(source.axes[a] ?? [], axis, matching));
  const [rows, columns] = axes.length === 1 ? [undefined, axes[0]!] : [axes[0]!, axes[1]!];
  const stride = (source.axes.at(-1) ?? []).length;
  let copied = 0;
  for (let row = 0; row < (rows?.length ?? 1); row++) {
    const from = rows === undefined ? 0 : rows[row]!.from;
    if (from < 0) continue;
    columns.forEach(({ from: at, among }, column) => {
      if (at < 0) return;
      // A bias of a stretch that is now several: together they are as likely as it was.
      mine[row * columns.length + column] =
        values[from * stride + at]! - (rows === undefined ? Math.log(among) : 0);
      copied += 1;
    });
  }
  return copied;
}

/** Whether what must agree as a whole, if anything, does. */
const asWhole = (source: Placed, target: Placed, matching: Matching): boolean =>
  target.whole?.length === source.whole?.length &&
  follow(source.whole ?? [], target.whole ?? [], matching).every(({ from }, i) => from === i);

interface Step {
  /** The place's index in the source; −1 where there is none. */
  readonly from: number;
  /** How many places of the target come from that one. */
  readonly among: number;
}

/** By place of `target`, which of `source` means the same. */
function follow(source: readonly Place[], target: readonly Place[], matching: Matching): readonly Step[] {
  const exact = new Map<string, number>();
  const stretches = new Map<string, number[]>();
  const key = (place: Place, at: number): string => `${place.of} ${at} ${place.what}`;
  source.forEach((place, i) => {
    if (place.stretch === undefined) exact.set(key(place, place.at), i);
    else stretches.set(key(place, place.at), [...(stretches.get(key(place, place.at)) ?? []), i]);
  });
  const theirs = (place: Place): number =>
    place.of === "net"
      ? place.at
      : ((place.of === "position" ? matching.positions : matching.columns)[place.at] ?? -1);
  const found = target.map((place): number => {
    const at = theirs(place);
    if (at < 0) return -1;
    if (place.stretch === undefined) return exact.get(key(place, at)) ?? -1;
    const middle = (place.stretch[0] + place.stretch[1]) / 2;
    const bins = stretches.get(key(place, at)) ?? [];
    // The outermost bins reach as far as anything does.
    return bins.find((i) => middle <= source[i]!.stretch![1]) ?? bins.at(-1) ?? -1;
  });
  const among = new Map<number, number>();
  for (const from of found) among.set(from, (among.get(from) ?? 0) + 1);
  return found.map((from) => ({ from, among: among.get(from)! }));
}

/** Where a model's weights stand in its checkpoint: by objective those that it trains, then by average what it follows. */
function valuesIn(
  model: GenerativeModel,
  weights: Origin["weights"],
): (variable: Variable) => Float32Array | undefined {
  const values = new Map<Variable, Float32Array>();
  const averages = model.objectives.flatMap(({ average }) => (average === undefined ? [] : [average]));
  const packed = (variables: readonly Variable[], all: Float32Array | undefined): void => {
    const size = variables.reduce((sum, variable) => sum + variable.size, 0);
    if (all?.length !== size)
      throw new Unfit(`${size} weights are needed, and there are ${all?.length ?? 0}.`);
    let at = 0;
    for (const variable of variables) values.set(variable, all.subarray(at, (at += variable.size)));
  };
  if ("parts" in weights) {
    const { parts } = weights;
    model.objectives.forEach(({ trains }, i) =>
      trains.forEach((variable, v) => packed([variable], parts[i]?.values[v])),
    );
    averages.forEach(({ follows, decay }, i) => {
      if (decay > 0) packed(follows, parts[model.objectives.length + i]?.values[0]);
    });
  } else averages.forEach(({ follows }, i) => packed(follows, weights[i]));
  return (variable) => values.get(variable);
}

/** A checkpoint that begins with these values, in the weights and in the averages that follow them. */
function withValues(
  model: GenerativeModel,
  { step, parts }: Checkpoint,
  begun: ReadonlyMap<Variable, Float32Array>,
): Checkpoint {
  const averages = model.objectives.flatMap(({ average }) => (average === undefined ? [] : [average]));
  return {
    step,
    parts: parts.map(({ values, count }, p) => {
      const objective = model.objectives[p];
      if (objective !== undefined)
        return { count, values: values.map((each, i) => begun.get(objective.trains[i]!) ?? each) };
      const all = values[0]!.slice();
      let at = 0;
      for (const variable of averages[p - model.objectives.length]!.follows) {
        const own = begun.get(variable);
        if (own !== undefined) all.set(own, at);
        at += variable.size;
      }
      return { count, values: [all, ...values.slice(1)] };
    }),
  };
}
