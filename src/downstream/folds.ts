import type { Random } from "../random/random.ts";
import type { Labels } from "./classifier.ts";

/**
 * Deals rows into folds so that each has its share of every class (stratified k-fold, shuffled).
 *
 * @returns by row the number of its fold, 0..folds-1.
 */
export function dealFolds({ codes, classes }: Labels, folds: number, random: Random): Uint8Array {
  const fold = new Uint8Array(codes.length);
  const dealt = new Int32Array(classes);
  for (const row of random.permutation(codes.length)) fold[row] = dealt[codes[row]!]!++ % folds;
  return fold;
}
