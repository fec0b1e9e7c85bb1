/** The built-in data by id. Adding one is adding a file, a line here and a card in `catalog/datasets.ts`. */
import type { DatasetId } from "../catalog/datasets.ts";
import { random, type Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { makeBirds } from "./birds.ts";
import { makeCheckerboard } from "./checkerboard.ts";
import { makeGaussian } from "./gaussian.ts";
import { makeGlyphs, makeSmallGlyphs } from "./glyphs.ts";
import { grid, makeGrid } from "./grid.ts";
import { imageTable } from "./images.ts";
import { makeLoans } from "./loans.ts";
import type { Mixture } from "./mixture.ts";
import { makeMoons } from "./moons.ts";
import { makePinwheel } from "./pinwheel.ts";
import { makeRing, ring } from "./ring.ts";
import { makeSpirals } from "./spirals.ts";
import { makeSwissRoll } from "./swissRoll.ts";

export interface Dataset {
  readonly table: Table;
  /** Where rows are images, one number column a pixel besides a possible "label"; black is `minimum`, white `maximum`. */
  readonly image?: {
    readonly width: number;
    readonly height: number;
    readonly minimum: number;
    readonly maximum: number;
  };
  /** Where the points are round Gaussians around known centres, so that modes can be counted. */
  readonly shape?: Mixture;
}

type Make = (stream: Random) => Dataset;

const makers: Readonly<Record<DatasetId, Make>> = {
  birds: (stream) => ({ table: makeBirds(400, stream) }),
  loans: (stream) => ({ table: makeLoans(10_000, stream) }),
  ring: (stream) => ({ table: makeRing(2_000, stream), shape: ring }),
  grid: (stream) => ({ table: makeGrid(5_000, stream), shape: grid }),
  moons: (stream) => ({ table: makeMoons(2_000, stream) }),
  spirals: (stream) => ({ table: makeSpirals(2_000, stream) }),
  "swiss-roll": (stream) => ({ table: makeSwissRoll(2_000, stream) }),
  checkerboard: (stream) => ({ table: makeCheckerboard(2_000, stream) }),
  pinwheel: (stream) => ({ table: makePinwheel(2_000, stream) }),
  "gaussian-10": (stream) => ({ table: makeGaussian(2_000, 10, stream) }),
  "gaussian-784": (stream) => ({
    table: makeGaussian(1_000, 784, stream),
    // Greys for what lies within three standard deviations.
    image: { width: 28, height: 28, minimum: -3, maximum: 3 },
  }),
  glyphs: (stream) => ({
    table: imageTable(makeGlyphs(2_000, stream)),
    image: { width: 28, height: 28, minimum: 0, maximum: 255 },
  }),
  "glyphs-8": (stream) => ({
    table: imageTable(makeSmallGlyphs(2_000, stream)),
    image: { width: 8, height: 8, minimum: 0, maximum: 255 },
  }),
};

/** The built-in data set named `id`: the same seed gives the same cells, whatever else was made before. */
export function makeDataset(id: DatasetId, seed: number): Dataset {
  return makers[id](random(seed).fork(`dataset:${id}`));
}
