/** A trained model as plain data and back: what sampling takes, without the training rows. */
import * as v from "valibot";
import type { Average } from "../engine/average.ts";
import { readValues } from "../engine/stored.ts";
import type { GenerativeModel, ModelState, Source } from "./model.ts";

/** What was saved does not belong to this model, or is damaged. */
export class Unfit extends Error {}

const averagesOf = (model: GenerativeModel): readonly Average[] =>
  model.objectives.flatMap(({ average }) => (average === undefined ? [] : [average]));

/**
 * Of the networks only what sampling uses: a discriminator or an encoder, which tell more about single training rows,
 * stays behind. CTGAN's sampling asks a judge of its own, which is kept with it.
 */
export async function stateOf(model: GenerativeModel): Promise<ModelState> {
  const weights: Float32Array[] = [];
  for (const average of averagesOf(model)) {
    const packed = average.packed();
    try {
      weights.push((await readValues(packed)).slice());
    } finally {
      packed.dispose();
    }
  }
  return { weights, fitted: model.fitted ?? null };
}

/** @throws Unfit where these are not the weights of such a model. */
export function adoptWeights(model: GenerativeModel, weights: readonly Float32Array[]): void {
  const averages = averagesOf(model);
  if (weights.length !== averages.length)
    throw new Unfit(`This model has ${averages.length} sets of weights, not ${weights.length}.`);
  averages.forEach((average, i) => {
    try {
      average.adopt(weights[i]!);
    } catch (error) {
      throw new Unfit(error instanceof Error ? error.message : String(error));
    }
  });
}

export const finite = v.pipe(v.number(), v.finite());

/** @throws Unfit where `saved` is not of that form. */
export function fitting<T extends v.GenericSchema>(schema: T, saved: unknown): v.InferOutput<T> {
  const { success, output, issues } = v.safeParse(schema, saved);
  if (success) return output;
  const [{ message }] = issues;
  const at = v.getDotPath(issues[0]);
  throw new Unfit(`${at === null ? "" : `${at}: `}${message}`);
}

const rowsSchema = v.pipe(v.instance(Float32Array), v.minLength(1));

/**
 * The training rows themselves, row-major, of models that draw from nothing else: what they keep is those people's rows.
 * @throws Unfit where what was kept is not rows of so many finite numbers.
 */
export function wholeRows(width: number, from: Source): Float32Array {
  if ("rows" in from) return from.rows.values;
  return fitting(
    v.pipe(
      rowsSchema,
      v.check((values) => values.length % width === 0 && values.every(Number.isFinite)),
    ),
    from.state.fitted,
  );
}
