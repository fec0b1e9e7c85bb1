/**
 * Between the analysis worker and the train worker, over a port of their own:
 * encoded rows travel here and the page never sees them.
 */
import type { Matrix, Span } from "../encode/span.ts";

/** What a model is fitted to. */
export interface EncodedData {
  readonly spans: readonly Span[];
  readonly train: Matrix;
}

/**
 * Rules:
 * P1. One `want` is answered by one `snapshot`, when there is something new to see; a second before that changes nothing.
 * P2. `sample` allows two pieces, each `more` one further piece; a newer `sample` takes the place of an older one.
 * P3. Training rests while rows are made, so that all of them come from the same weights.
 */
export type ToTrain =
  /** New rows to train on; `data` numbers them. */
  | { readonly type: "rows"; readonly data: number; readonly encoded: EncodedData }
  /** Asks for one snapshot of `rows` rows when the model has moved; the same latent batch each time. */
  | { readonly type: "want"; readonly rows: number }
  /** Asks for `rows` fresh rows, sent back in pieces of at most 2,000. */
  | { readonly type: "sample"; readonly request: number; readonly rows: number; readonly seed: number }
  | { readonly type: "more"; readonly request: number }
  /** The rows of `request` that are still to come are no longer wanted. */
  | { readonly type: "enough"; readonly request: number };

export type FromTrain =
  /** `data` names the rows that the model learns from. */
  | {
      readonly type: "snapshot";
      readonly run: number;
      readonly data: number;
      readonly step: number;
      readonly rows: Matrix;
    }
  | { readonly type: "sampled"; readonly request: number; readonly piece: Matrix; readonly last: boolean }
  | { readonly type: "unsampled"; readonly request: number; readonly message: string };
