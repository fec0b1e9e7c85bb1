/**
 * What can be seen inside a model that learns: pictures of its networks as functions, and how strong signals and gradients
 * are, layer by layer. Positions are in encoded units, two numbers a point, x first.
 */

/** What a person wants to see; what it says of other models is ignored. */
export interface InsideLook {
  /** How noisy: 0 is a real row, 1 is nothing but noise; diffusion's t. */
  readonly level: number;
  /** Steps of the reverse path from that noise; diffusion only. */
  readonly steps: number;
  /** Which of DDGAN's steps, 1 to T; where there are fewer, the last. */
  readonly back: number;
  /** The noisy row that is looked at; DDGAN only. Where absent, one of the real rows made noisy. */
  readonly at?: readonly [number, number];
  /** Points of the latent plane that a path goes through, [x0, y0, x1, y1, …]; autoencoders only. */
  readonly path?: readonly number[];
}

/** Root mean squares. */
export interface LayerSeen {
  readonly units: number;
  /** Of what the layer puts out on training rows; undefined where it isn't known. */
  readonly activation: number | undefined;
  /** Of the gradient of its weights over the last steps; undefined before the first. */
  readonly gradient: number | undefined;
}

export interface NetSeen {
  readonly name: string;
  /** One for each layer of weights, first to last. */
  readonly layers: readonly LayerSeen[];
}

/** The part of the plane that is drawn, and real rows in it. */
export interface PlaneSeen {
  readonly x: { readonly label: string; readonly range: readonly [number, number] };
  readonly y: { readonly label: string; readonly range: readonly [number, number] };
  readonly real: Float32Array;
}

/** Values at a square grid of points over the plane's ranges, row by row from the lowest y. */
export interface FieldSeen {
  readonly side: number;
  readonly values: Float32Array;
}

/** Lines over the plane: `across` points each, one after the other. */
export interface LinesSeen {
  readonly across: number;
  readonly points: Float32Array;
}

export interface AdversarySeen {
  readonly kind: "adversary";
  /** What the discriminator says of each place: the chance that a row there is real, or the critic's score. */
  readonly verdict: FieldSeen;
  readonly says: "chance" | "score";
  /** Mean verdicts on real rows and on made ones. */
  readonly onReal: number;
  readonly onFake: number;
  /** What both add to the discriminator's loss, and the latter to the generator's. */
  readonly terms: { readonly real: number; readonly fake: number; readonly fooled: number };
  readonly fakes: Float32Array;
  /** For each of them, the slope of the verdict there: where the generator is told to go. */
  readonly pulls: Float32Array;
  /** What the generator makes of a square grid over two dimensions of its noise, ±2, the others 0: rows of it, then columns. */
  readonly warped: LinesSeen;
}

export interface LatentSeen {
  readonly kind: "latent";
  /** What latents are drawn from: N(0, I), or a mixture that is learned. */
  readonly prior: "normal" | "mixture";
  /** What each dimension says of a row, in nats: its mean KL term, or, under a mixture, what a channel of its spread and noise carries. */
  readonly kl: readonly number[];
  /** The two dimensions that say most; the plane of all latents here. One of a single dimension is drawn against 0. */
  readonly dimensions: readonly [number, number];
  /** Where training rows lie, and how wide each posterior is (σ), two numbers a row. */
  readonly means: Float32Array;
  readonly spreads: Float32Array;
  /** What becomes of a square grid over that plane, ±2.5, and of the path; only for rows of two numbers. */
  readonly decoded: LinesSeen | undefined;
  readonly path: Float32Array | undefined;
}

export interface NoiseSeen {
  readonly kind: "noise";
  /** σ at the level that is looked at. */
  readonly sigma: number;
  /** The score field (D(x; σ) − x) / σ², at a square grid: two numbers a place. */
  readonly score: FieldSeen;
  /** The same real rows with noise of that deviation. */
  readonly noised: Float32Array;
  /** From noise of that deviation back to rows: one line a row. */
  readonly paths: LinesSeen;
}

export interface StepsSeen {
  readonly kind: "steps";
  /** The step that is looked at, 1 to T, and T. */
  readonly step: number;
  readonly of: number;
  /** The noisier row. */
  readonly at: readonly [number, number];
  /** Less noisy rows that the generator may lead it to. */
  readonly draws: Float32Array;
  /** The step that diffusion would take from there were it Gaussian: a circle around the mean of those. */
  readonly mean: readonly [number, number];
  readonly spread: number;
  /** Real rows as noisy as the draws should be. */
  readonly noised: Float32Array;
}

export type ModelSeen = AdversarySeen | LatentSeen | NoiseSeen | StepsSeen;

export interface InsideSeen {
  readonly step: number;
  readonly nets: readonly NetSeen[];
  /** Absent where rows are not points of a plane. */
  readonly plane?: PlaneSeen;
  /** Absent where the model has nothing of the kind to show. */
  readonly model?: ModelSeen;
}
