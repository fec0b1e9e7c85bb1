/** The four training steps that the benchmark compares, by shape; `stock.ts` and `ours.ts` write each out. */
export const shapes = {
  /** A plain regression. */
  ref: { batch: 500, sizes: [32, 256, 256, 1] },
  /** One critic step of WGAN-GP, ten rows judged at a time (pac 10, as CTGAN does). */
  critic: {
    batch: 500,
    pac: 10,
    width: 32,
    latent: 128,
    generator: [128, 256, 256, 32],
    critic: [320, 256, 256, 1],
  },
  /** Four layers that tell the noise from the noisy row and its time. */
  denoiser: { batch: 512, width: 32, sizes: [33, 256, 256, 256, 32] },
  /** The same on points in the plane. */
  toy: { batch: 128, sizes: [2, 64, 64, 2] },
} as const;

export type StepName = keyof typeof shapes;
export const stepNames = Object.keys(shapes) as StepName[];
