/** The weights, the optimizers and the averages as they stood at a step. */
export interface Checkpoint {
  readonly step: number;
  /** By objective its weights and its optimizer's memory; then by average its weights, one after another. */
  readonly parts: readonly { readonly values: readonly Float32Array[]; readonly count: number }[];
}
