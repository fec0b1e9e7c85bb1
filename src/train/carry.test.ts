/** Whether another run's weights arrive where they mean the same, and what is gained by them where rows are few. */
import { beforeAll, describe, expect, it } from "vitest";
import type { ModelId } from "../catalog/card.ts";
import { defaultsFor } from "../catalog/models.ts";
import type { Settings } from "../catalog/setting.ts";
import { makeDataset } from "../datasets/builtin.ts";
import { fitEncoder, type Encoder, type EncodeOptions } from "../encode/encoder.ts";
import { matchEncoders } from "../encode/matching.ts";
import type { Matrix } from "../encode/span.ts";
import { engineMemory } from "../engine/memory.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { Unfit } from "../models/state.ts";
import { weightsOf } from "../project/weights.ts";
import { energyTo } from "../quality/energy.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import type { Origin } from "./carry.ts";
import { trainer, type Trainer } from "./trainer.ts";

beforeAll(async () => void (await openNodeBackend("wasm")));

const rowsOf = (table: Table, from = 0, to = table.rows): Int32Array =>
  Int32Array.from({ length: to - from }, (_, i) => from + i);
const part = (table: Table, from: number, to: number): Table => selectRows(table, rowsOf(table, from, to));
const fit = (table: Table, numeric: EncodeOptions["numeric"]): Encoder =>
  fitEncoder(table, rowsOf(table), { numeric });

interface Begun {
  readonly table: Table;
  readonly numeric: EncodeOptions["numeric"];
  readonly config: { readonly model: ModelId; readonly settings: Settings; readonly seed: number };
  /** The one to encode with; else it is fitted to the table. */
  readonly encoder?: Encoder;
}

function begin(
  { table, numeric, config, encoder: known }: Begun,
  from?: Omit<Origin, "matching"> & { encoder: Encoder },
) {
  const encoder = known ?? fit(table, numeric);
  const rows = encoder.encode(table, rowsOf(table), random(config.seed));
  const origin = from && { ...from, matching: matchEncoders(from.encoder, encoder) };
  return { encoder, trainer: trainer({ spans: encoder.spans, rows, config, ...(origin && { origin }) }) };
}

/** What a run on this table leaves after so many steps. */
async function learned(
  begun: Begun,
  steps: number,
): Promise<Omit<Origin, "matching"> & { encoder: Encoder }> {
  const { encoder, trainer: t } = begin(begun);
  t.advance(undefined, steps);
  const weights = await t.checkpoint();
  const { spans, width } = encoder;
  t.dispose();
  return { ...begun.config, encoder, spans, width, fitted: t.fitted, weights };
}

const small: Readonly<Record<string, Settings>> = {
  gan: { generator: [16, 16], discriminator: [16], latent: 4, batch: 32 },
  ctgan: { generator: [16], discriminator: [16], latent: 4, batch: 32, pac: 4 },
  vae: { hidden: [16, 16], latent: 3, batch: 32 },
  diffusion: { hidden: [16, 16], batch: 32 },
  edm: { hidden: [16, 16], batch: 32, process: "edm" },
  ddgan: { generator: [16], discriminator: [16], latent: 4, batch: 32 },
  tabddpm: { hidden: [16, 16], batch: 32, process: "ddpm" },
};
const configOf = (name: string, seed = 1): Begun["config"] => ({
  model: name === "edm" || name === "tabddpm" ? "diffusion" : (name as ModelId),
  settings: small[name]!,
  seed,
});

describe("weights that are carried over", () => {
  const birds = makeDataset("birds", 1).table;

  it.each(Object.keys(small))(
    "are all there for the same table: %s draws the rows it drew, and nothing leaks",
    async (name) => {
      const begun: Begun = { table: birds, numeric: "quantile", config: configOf(name) };
      const from = await learned(begun, 20);
      const { trainer: before } = begin(begun);
      before.advance(undefined, 20);
      const drawn = await before.snapshot(30);
      const state = await before.state();
      before.dispose();
      const held = engineMemory();
      for (const weights of [from.weights, state.weights]) {
        const { trainer: t } = begin(begun, { ...from, weights });
        await t.carry();
        expect((await t.snapshot(30)).values).toEqual(drawn.values);
        expect(t.carried!.columns.every(({ matched, of }) => matched === of)).toBe(true);
        // A file holds no discriminator and no encoder.
        if (weights === from.weights) expect(t.carried!.weights).toBe(t.carried!.of);
        t.advance(undefined, 3);
        await t.report();
        t.dispose();
        expect(engineMemory()).toEqual(held);
      }
    },
  );

  it.each(Object.keys(small))("are those of the columns that both tables have: %s", async (name) => {
    const from = await learned({ table: birds, numeric: "quantile", config: configOf(name) }, 20);
    const narrower: Table = {
      rows: 400,
      columns: birds.columns
        .filter(({ name: column }) => column !== "habitat")
        .map((column) => (column.name === "island" ? { ...column, name: "place" } : column))
        .toReversed(),
    };
    const begun: Begun = { table: narrower, numeric: "quantile", config: configOf(name, 2) };
    const runs = await Promise.all(
      [0, 1].map(async () => {
        const { trainer: t } = begin(begun, from);
        await t.carry();
        const shot = await t.snapshot(10);
        const { carried } = t;
        t.advance(undefined, 2);
        const later = await t.snapshot(10);
        t.dispose();
        return { shot, later, carried };
      }),
    );
    expect(runs[0]).toEqual(runs[1]);
    const { columns, weights, of } = runs[0]!.carried!;
    expect(columns.filter(({ matched }) => matched === 0).map(({ name: column }) => column)).toEqual([
      "place",
    ]);
    expect(columns).toHaveLength(9);
    expect(weights).toBeGreaterThan(0.6 * of);
    expect(weights).toBeLessThan(of);
  });

  it("are none where the model is another, and say so", async () => {
    const from = await learned({ table: birds, numeric: "quantile", config: configOf("vae") }, 3);
    for (const name of ["gan", "edm"]) {
      const begun: Begun = { table: birds, numeric: "quantile", config: configOf(name) };
      const [{ trainer: fresh }, { trainer: t }] = [begin(begun), begin(begun, from)];
      await t.carry();
      expect(t.carried).toMatchObject({ columns: [], weights: 0 });
      expect((await t.snapshot(5)).values).toEqual((await fresh.snapshot(5)).values);
      fresh.dispose();
      t.dispose();
    }
  });

  it("leave other processes, and layers of another size, fresh", async () => {
    const from = await learned({ table: birds, numeric: "quantile", config: configOf("edm") }, 3);
    const masked = begin({ table: birds, numeric: "quantile", config: configOf("diffusion") }, from).trainer;
    await masked.carry();
    expect(masked.carried!.weights).toBe(0);
    masked.dispose();
    const wide = { ...configOf("edm"), settings: { ...small["edm"], hidden: [16, 24] } };
    const { trainer: t } = begin({ table: birds, numeric: "quantile", config: wide }, from);
    await t.carry();
    // The first layer, and the last one's bias.
    const { width } = from;
    expect(t.carried!.weights).toBeGreaterThan(16 * width);
    expect(t.carried!.of - t.carried!.weights).toBe(16 * 24 + 24 + 24 * width);
    t.dispose();
  });

  it("are refused where they are damaged", async () => {
    const begun: Begun = { table: birds, numeric: "quantile", config: configOf("diffusion") };
    const from = await learned(begun, 1);
    const held = engineMemory();
    const { trainer: t } = begin(begun, { ...from, weights: [new Float32Array(3)] });
    await expect(t.carry()).rejects.toThrow(Unfit);
    t.dispose();
    expect(engineMemory()).toEqual(held);
  });

  it("keep the fine bins of many rows for a table of few, and make way for finer ones", async () => {
    const config = configOf("diffusion");
    const from = await learned({ table: birds, numeric: "quantile", config }, 1);
    const places = async (begun: Begun, origin?: typeof from): Promise<number> => {
      const { trainer: t } = begin(begun, origin);
      await t.carry();
      const size = t.nets[0]!.sizes.at(-1)!;
      t.dispose();
      return size;
    };
    const few: Begun = { table: part(birds, 0, 40), numeric: "quantile", config };
    expect(await places(few, from)).toBeGreaterThan((await places(few)) + 20);
    const coarse = await learned(few, 1);
    const many: Begun = { table: birds, numeric: "quantile", config };
    expect(await places(many, coarse)).toBe(await places(many));
  });
});

/**
 * Domain adaptation: the same table elsewhere, its numbers larger and its rows in another mix, and forty rows of it.
 * A run that begins with the source's weights is nearer to the target's other rows than one that begins afresh.
 */
describe("forty rows of a shifted table", () => {
  const shifted = (table: Table, by: Readonly<Record<string, (value: number) => number>>): Table => ({
    ...table,
    columns: table.columns.map((column) =>
      column.type === "number" && by[column.name] !== undefined
        ? { ...column, values: column.values.map(by[column.name]!) }
        : column,
    ),
  });
  const cases = [
    {
      set: "birds",
      model: "diffusion",
      numeric: "quantile",
      settings: { hidden: [64, 64], batch: 64 },
      by: {
        wing_mm: (x: number) => 1.25 * x,
        weight_g: (x: number) => 1.3 * x,
        bill_mm: (x: number) => 1.2 * x,
      },
    },
    {
      set: "birds",
      model: "vae",
      numeric: "quantile",
      settings: { batch: 64 },
      by: {
        wing_mm: (x: number) => 1.25 * x,
        weight_g: (x: number) => 1.3 * x,
        bill_mm: (x: number) => 1.2 * x,
      },
    },
    {
      set: "moons",
      model: "diffusion",
      numeric: "standard",
      settings: { hidden: [48, 48], batch: 64 },
      by: { x: (x: number) => 0.8 * x + 0.7, y: (y: number) => 0.8 * y - 0.4 },
    },
  ] as const;

  it.each(cases)(
    "of $set are enough for a $model that has seen the source",
    async ({ set, model, numeric, settings, by }) => {
      const kind = set === "birds" ? "table" : "shape";
      const configFor = (seed: number) => ({
        model,
        settings: { ...defaultsFor(model, kind), ...settings },
        seed,
      });
      const target = shifted(makeDataset(set, 2).table, by);
      const holdout = part(target, 150, 400);
      const lens = fit(holdout, "standard");
      const weights = weightsOf(lens.spans);
      const seen = (table: Table): Matrix => {
        const matrix = lens.encode(table, rowsOf(table));
        return { ...matrix, values: matrix.values.map((value, i) => value * weights[i % matrix.width]!) };
      };
      const reference = energyTo(seen(holdout));
      const score = async (t: Trainer, encoder: Encoder): Promise<number> =>
        reference.distance(seen(encoder.decode(await t.snapshot(250), random(5))));
      const source = await learned({ table: makeDataset(set, 1).table, numeric, config: configFor(1) }, 400);
      const found: { fresh: number; carried: number; kept: number }[] = [];
      for (const seed of [1, 2, 3]) {
        const begun: Begun = {
          table: part(target, 40 * (seed - 1), 40 * seed),
          numeric,
          config: configFor(seed),
        };
        const after20 = async ({ encoder, trainer: t }: ReturnType<typeof begin>): Promise<number> => {
          await t.carry();
          t.advance(undefined, 20);
          const distance = await score(t, encoder);
          t.dispose();
          return distance;
        };
        const fresh = await after20(begin(begun));
        const carried = await after20(begin(begun, source));
        // With the source's encoder every place is known, but no value beyond its own range can be told.
        const kept = await after20(begin({ ...begun, encoder: source.encoder }, source));
        expect(carried).toBeLessThan(fresh);
        found.push({ fresh, carried, kept });
      }
      const mean = (of: keyof (typeof found)[number]): number =>
        found.reduce((sum, each) => sum + each[of], 0) / found.length;
      expect(mean("carried")).toBeLessThan(mean("kept"));
      console.log(
        `${set}, ${model}, 20 steps on 40 rows; energy distance to the target's holdout, mean of 3: fresh ${mean("fresh").toFixed(4)}, carried ${mean("carried").toFixed(4)}, carried with the source's encoder ${mean("kept").toFixed(4)}`,
      );
    },
  );
});
