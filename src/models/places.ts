/**
 * What the rows and columns of weight matrices stand for, so that weights can be carried from a net that was trained on
 * one table to a net for another: of a first and a last layer the rows and columns that speak of the same things.
 */
import type { Span } from "../encode/span.ts";
import type { Net } from "../engine/net.ts";
import type { Variable } from "../engine/tf.ts";

export interface Place {
  /** Speaks of a position of the encoded row, of a whole column (`Span.column`), or of the net's own: noise, time, units. */
  readonly of: "position" | "column" | "net";
  /** Which position or column; 0 for the net's own. */
  readonly at: number;
  /** What of it: "" for the number or the category itself, "masked", "sin 2", … Equal where it means the same. */
  readonly what: string;
  /** Where on a number's scale it lies, for the bins of which a table may have more or fewer. */
  readonly stretch?: readonly [low: number, high: number];
}

/** A weight with what each index of each of its axes stands for. */
export interface Placed {
  /** Tells it from the model's other weights. */
  readonly name: string;
  readonly weight: Variable;
  readonly axes: readonly (readonly Place[])[];
  /** Carried only where all of these mean the same, in this order: a kernel goes over a picture as a whole. */
  readonly whole?: readonly Place[];
}

/** `count` places that mean the same in another net only if it has as many. */
export const own = (what: string, count: number): readonly Place[] =>
  Array.from({ length: count }, (_, i) => ({ of: "net", at: 0, what: `${what} ${i} of ${count}` }));

/** The positions of an encoded row, each for itself. */
export const rowPlaces = (width: number): readonly Place[] =>
  Array.from({ length: width }, (_, at) => ({ of: "position", at, what: "" }));

/** The same places seen in another role. */
export const seenAs = (role: string, places: readonly Place[]): readonly Place[] =>
  places.map((place) => ({ ...place, what: `${role}: ${place.what}` }));

/** A row with its Fourier features, in the order of `waves`. */
export function wavePlaces(spans: readonly Span[], width: number, octaves: number): readonly Place[] {
  const numbers = spans.filter(({ kind }) => kind === "numeric");
  const features = (of: string): readonly Place[] =>
    numbers.flatMap(({ start }) =>
      Array.from({ length: octaves }, (_, k): Place => ({ of: "position", at: start, what: `${of} ${k}` })),
    );
  return [...rowPlaces(width), ...features("sin"), ...features("cos")];
}

/**
 * A net's weights. Those of convolutions speak of no position of their own.
 * @param form what else must agree for its weights to mean the same, e.g. what it predicts.
 */
export function placed(
  net: Net,
  inputs: readonly Place[],
  outputs: readonly Place[],
  form = "",
): readonly Placed[] {
  if (net.maps !== undefined) {
    const built = JSON.stringify(net.maps);
    const whole = [...inputs, ...outputs];
    return net.weights.map((weight, i) => {
      const name = `${net.name} ${form} ${i} of ${net.weights.length}, ${built}`;
      return { name, weight, axes: weight.shape.map((size) => own(name, size)), whole };
    });
  }
  const layers = net.sizes.length - 1;
  const axis = (layer: number): readonly Place[] =>
    layer === 0 ? inputs : layer === layers ? outputs : own(`${net.name} ${layer}`, net.sizes[layer]!);
  return net.weights.map((weight, i) => {
    const layer = Math.floor(i / 2);
    const into = axis(layer + 1);
    return {
      name: `${net.name} ${form} ${i} of ${net.weights.length}`,
      weight,
      axes: i % 2 === 0 ? [axis(layer), into] : [into],
    };
  });
}
