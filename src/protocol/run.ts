/** What a training run is asked to do; enough, with the data, to repeat it. */
import type { ModelId } from "../catalog/card.ts";
import type { Settings } from "../catalog/setting.ts";

export type BackendName = "webgpu" | "wasm" | "cpu";

/** How fast a backend trained a run's model when it was tried. */
export interface Lap {
  readonly backend: BackendName;
  readonly stepsPerSecond: number;
  /** Its products were worked out in 16 bits, which was faster there; see `train/precision.ts`. */
  readonly half?: boolean;
}

export interface Budget {
  readonly unit: "steps" | "seconds";
  readonly amount: number;
}

export interface RunConfig {
  readonly model: ModelId;
  /** Only what differs from the catalog's defaults need be here. */
  readonly settings: Settings;
  readonly seed: number;
  readonly budget: Budget;
  /** Steps a second at most; Infinity for full speed. */
  readonly speed: number;
}

/** What a run took over from another whose weights it began with. */
export interface Carried {
  /** The columns it learns: how many of a column's places in the nets were known to the other run; none at all where no weight was carried. */
  readonly columns: readonly { readonly name: string; readonly matched: number; readonly of: number }[];
  /** Weights that were taken over, of all that it has. */
  readonly weights: number;
  readonly of: number;
}

/** One network, as the architecture panel draws it. `sizes` is [in, hidden…, out]. */
export interface NetShape {
  readonly name: string;
  readonly sizes: readonly number[];
  /** Of a net with convolutions, by size: the square pictures that layer is a stack of; undefined for plain units. */
  readonly maps?: readonly ({ readonly side: number; readonly channels: number } | undefined)[];
  /** For people: why it is built so. */
  readonly note?: string;
  readonly parameters: number;
}
