/** Ten rows, real and synthetic ones mixed, for a person to tell apart; and how well boosted trees do. */
export interface Riddle {
  readonly request: number;
  /** Of the synthetic rows. */
  readonly step: number;
  readonly rows:
    | {
        readonly kind: "cells";
        readonly header: readonly string[];
        readonly numeric: readonly boolean[];
        readonly cells: readonly (readonly string[])[];
      }
    /** One byte a pixel, one image after the other. */
    | {
        readonly kind: "images";
        readonly width: number;
        readonly height: number;
        readonly pixels: Uint8Array;
      };
  /** Row by row. */
  readonly synthetic: readonly boolean[];
  /** What trees that learned from other rows of both kinds take each row's chance of being synthetic for. */
  readonly chances: readonly number[];
  /** How well such trees tell rows apart that they did not learn from; and among how many. */
  readonly trees: { readonly auc: number; readonly rows: number };
}
