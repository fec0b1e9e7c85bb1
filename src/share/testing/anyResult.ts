/** Results such as the lab makes, of one run or a race, for tests of what carries them. */
import fc from "fast-check";
import { modelCards } from "../../catalog/models.ts";
import { random } from "../../random/random.ts";
import { setupFor } from "../../store/setup.ts";
import { densityOf } from "../density.ts";
import { axisNames, spreadFigures, type SharedResult, type SharedRun } from "../result.ts";

/** A race on the grid, as long and as wide as they come: dots that travel to their places, losses that fall, all six axes. */
export function race(runs: number, { looks = 64, points = 400, seed = 1 } = {}): SharedResult {
  const source = random(seed);
  const dots = (many: number, spread: number): Float32Array =>
    Float32Array.from(
      { length: 2 * many },
      () => 0.1 + 0.2 * source.pick([1, 1, 1, 1, 1]) + spread * source.normal(),
    );
  const curve = (many: number, from: number): number[] =>
    Array.from({ length: many }, (_, i) => from / (1 + i / 9) + 0.05 * source.normal());
  const steps = Array.from({ length: 120 }, (_, i) => Math.round((i * 20_000) / 119));
  const models = ["gan", "vae", "diffusion", "ddgan"] as const;
  return {
    table: {
      rows: 5_000,
      width: 2,
      columns: [
        { type: "number", place: 0, name: "x" },
        { type: "number", place: 1, name: "y" },
      ],
    },
    scene: {
      view: "plane",
      x: { label: "x", range: [-5.37, 5.41] },
      y: { label: "y", range: [-5.12, 5.3] },
      real: densityOf(dots(1_500, 0.02), { x: [0, 1], y: [0, 1] }),
    },
    ...(runs > 1 && { race: { seeds: 3, most: { unit: "seconds", amount: 60 } } }),
    runs: Array.from({ length: runs }, (_, r): SharedRun => {
      const home = dots(points, 0.03);
      const start = dots(points, 0.3);
      return {
        setup: { ...setupFor("grid"), model: models[r % 4]!, seed: 1_000 + r },
        step: 20_000,
        elapsed: 31.25,
        stepsPerSecond: 640,
        backend: "wasm",
        distance: 0.01234,
        best: { step: 18_321, distance: 0.01101 },
        clusters: { of: 25, missed: r },
        axes: axisNames.map((axis) => ({ axis, score: digits(source.uniform()), holdout: 0.98 })),
        trilemma: { quality: 0.9123, coverage: 0.88, rowsPerSecond: 51_234 },
        raced: { shape: 0.9321, precision: 0.8123, recall: 0.9912, modes: { hit: 24.33, of: 25 } },
        spread: Object.fromEntries(spreadFigures.map((name, i) => [name, 0.0123 + i])),
        distances: [0.031, 0.029],
        shares: [[], []],
        losses: {
          steps,
          curves: ["discriminator", "generator"].map((name) => ({ name, values: curve(120, 2) })),
        },
        scores: { steps, values: curve(120, 0.4) },
        looks: Array.from({ length: looks }, (_, l) => {
          const t = Math.min(1, (1.2 * l) / Math.max(1, looks - 1));
          return {
            step: Math.round((l * 20_000) / Math.max(1, looks - 1)),
            points: home.map((at, i) => at * t + start[i]! * (1 - t) + 0.004 * source.normal()),
          };
        }),
      };
    }),
  };
}

const digits = (value: number): number => Number(value.toPrecision(4));

const share = fc.double({ min: 0, max: 1, noNaN: true }).map((x) => x + 0);
const figure = fc.double({ min: -1e12, max: 1e12, noNaN: true }).map((x) => x + 0);
const step = fc.nat(1_000_000);
const label = fc.string({ maxLength: 30, unit: "grapheme" });
const ascending = (most: number) =>
  fc.array(fc.nat(1_000_000), { maxLength: most }).map((steps) => steps.sort((a, b) => a - b));

/** Any result of the form, however unlike a real one. */
export const anyResult: fc.Arbitrary<SharedResult> = fc
  .record({
    columns: fc.integer({ min: 0, max: 5 }),
    labels: fc.array(label, { minLength: 1, maxLength: 4 }),
    runs: fc.integer({ min: 1, max: 4 }),
    points: fc.integer({ min: 1, max: 20 }),
    looks: fc.integer({ min: 0, max: 6 }),
    scene: fc.boolean(),
    own: fc.boolean(),
    raced: fc.boolean(),
  })
  .chain(({ columns, labels, runs, points, looks, scene, own, raced }) =>
    fc.record({
      ...(raced && {
        race: fc.record(
          {
            seeds: fc.integer({ min: 1, max: 20 }),
            most: fc.record({
              unit: fc.constantFrom("steps" as const, "seconds" as const),
              amount: fc.integer({ min: 1, max: 10_000_000 }),
            }),
          },
          { requiredKeys: ["seeds"] },
        ),
      }),
      table: fc.record({
        rows: fc.nat(1e6),
        width: fc.nat(500),
        columns: fc.tuple(
          ...Array.from({ length: columns }, (_, place) =>
            fc.oneof(
              fc.record({ type: fc.constant("number" as const), place: fc.constant(place) }),
              fc.record({ type: fc.constant("number" as const), place: fc.constant(place), name: label }),
              fc.record({
                type: fc.constant("category" as const),
                place: fc.constant(place),
                name: label,
                categories: fc.constant(labels.map((each) => ({ label: each, share: 0.125 }))),
              }),
            ),
          ),
        ),
      }),
      ...(scene && {
        scene: fc.record({
          view: fc.constantFrom("plane" as const, "pca" as const),
          x: fc.record({ label, range: fc.constant([-1.5, 2] as const) }),
          y: fc.record({ label, variance: share }),
          real: fc
            .uint8Array({ minLength: 49, maxLength: 49, max: 7 })
            .map((cells) => ({ side: 7, cells: new Uint8Array(cells) })),
        }),
      }),
      runs: fc.tuple(
        ...Array.from({ length: runs }, () =>
          fc.record(
            {
              setup: fc
                .record({ model: fc.constantFrom(...modelCards.map(({ id }) => id)), seed: fc.nat() })
                .map((chosen) => ({ ...setupFor(own ? "own" : "loans"), ...chosen })),
              step,
              elapsed: share,
              stepsPerSecond: share,
              backend: fc.constantFrom(undefined, "wasm" as const, "webgpu" as const),
              distance: figure,
              best: fc.record({ step, distance: figure }),
              clusters: fc.record({ of: fc.nat(30), missed: fc.nat(30) }),
              axes: fc.subarray([...axisNames]).map((names) =>
                names.map((axis, i) => ({
                  axis,
                  score: 0.25 * (i % 4),
                  ...(i % 2 === 0 && { holdout: 1 }),
                })),
              ),
              trilemma: fc.record(
                { quality: share, coverage: share, rowsPerSecond: fc.nat() },
                { requiredKeys: [] },
              ),
              raced: fc.record(
                {
                  shape: share,
                  precision: share,
                  recall: share,
                  modes: fc.record({ hit: fc.nat(25), of: fc.nat(25) }),
                },
                { requiredKeys: [] },
              ),
              spread: fc.record(Object.fromEntries(spreadFigures.map((name) => [name, share])), {
                requiredKeys: [],
              }),
              distances: fc.array(fc.oneof(share, fc.constant(NaN)), {
                minLength: columns,
                maxLength: columns,
              }),
              shares: fc.constant(Array.from({ length: columns }, () => [])),
              losses: ascending(30).chain((steps) =>
                fc.record({
                  steps: fc.constant(steps),
                  curves: fc
                    .constantFrom<readonly number[][]>(
                      [],
                      [steps.map((at) => Math.sin(at))],
                      [steps.map((at, i) => (i % 3 === 0 ? NaN : at)), steps.map(() => -2)],
                    )
                    .map((all) =>
                      steps.length === 0 ? [] : all.map((values, c) => ({ name: `curve ${c}`, values })),
                    ),
                }),
              ),
              scores: ascending(30).map((steps) => ({ steps, values: steps.map((at) => 1 / (1 + at)) })),
              looks: ascending(looks).chain((steps) =>
                fc.constant(
                  steps.map((at, l) => ({
                    step: at,
                    points: Float32Array.from({ length: 2 * points }, (_, i) =>
                      i % 11 === 7 ? NaN : ((i * 31 + l * 7) % 200) / 199,
                    ),
                  })),
                ),
              ),
            },
            {
              requiredKeys: [
                "setup",
                "step",
                "elapsed",
                "stepsPerSecond",
                "backend",
                "axes",
                "distances",
                "shares",
                "losses",
                "scores",
                "looks",
              ],
            },
          ),
        ),
      ),
    }),
  ) as fc.Arbitrary<SharedResult>;
