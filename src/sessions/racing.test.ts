/** A race on the ring against the same runs made alone, and the fairness of its clock. */
import { describe, expect, it, vi } from "vitest";
import { defaultsFor } from "../catalog/models.ts";
import type { Settings } from "../catalog/setting.ts";
import type { ModelId } from "../catalog/card.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import type { RaceConfig, RaceEvent, RaceRows } from "../protocol/race.ts";
import { train } from "../train/train.ts";
import { trainer as openTrainer } from "../train/trainer.ts";
import { analysisSession } from "./analysis.ts";
import { trainingRows } from "./preparing.ts";
import { figuresOf, learnable, racingSession } from "./racing.ts";
import { tick, turnClock, until } from "./testing/turns.ts";

/** Milliseconds that a step of each model takes in this file: time is what trainers say it is. */
const time = vi.hoisted(() => ({ now: 0, costs: { gan: 10, vae: 4, ddgan: 30 } as Record<string, number> }));
const now = (): number => (time.now += 0.01);
vi.mock("../train/trial.ts", async (original) => {
  const { onTrial } = await original<typeof import("../train/trial.ts")>();
  return {
    async onTrial(request: Parameters<typeof onTrial>[0]) {
      const trainer = await onTrial(request);
      const { advance } = trainer;
      return Object.assign(trainer, {
        advance(objective?: string, times = 1) {
          time.now += times * (time.costs[request.config.model] ?? 1);
          advance(objective, times);
        },
      });
    },
  };
});

const small: Partial<Record<ModelId, Settings>> = {
  gan: { generator: [24], discriminator: [24], latent: 4, batch: 64 },
  vae: { hidden: [24], batch: 64 },
  ddgan: { steps: 2, generator: [24], discriminator: [24], latent: 4, batch: 64 },
  diffusion: { hidden: [24], batch: 64 },
};
const racer = (id: ModelId) => ({ id, settings: { ...defaultsFor(id, "shape"), ...small[id] } });

const config = (change: Partial<RaceConfig> = {}): RaceConfig => ({
  racers: [racer("gan"), racer("vae"), racer("ddgan")],
  seed: 7,
  budget: { unit: "steps", amount: 60 },
  dataset: "ring",
  ...change,
});

/** The ring as the analysis worker lends it. */
async function lend(port: MessagePort): Promise<void> {
  const words: string[] = [];
  const analysis = analysisSession({ post: (event) => words.push(event.type), rest: tick, ...turnClock() });
  const source = { kind: "builtin", id: "ring", seed: 1 } as const;
  analysis.handle({ type: "open", request: 1, source, options: { rowLimit: 10_000, seed: 7 } });
  await until(() => words.includes("opened"));
  const options = { missingMarks: [], columns: {}, holdout: 0.2, seed: 7, numeric: "standard" } as const;
  analysis.handle({ type: "prepare", data: 1, request: 1, options });
  await until(() => words.includes("prepared"));
  analysis.handle({ type: "race", port });
}

async function race(given: RaceConfig) {
  const events: RaceEvent[] = [];
  const session = racingSession({
    post: (event) => void events.push(event),
    now,
    rest: tick,
    openBackend: () => openNodeBackend("wasm"),
  });
  const { port1, port2 } = new MessageChannel();
  session.handle({ type: "race", port: port1, config: given });
  await lend(port2);
  await until(() => events.some(({ type }) => type === "over" || type === "failed"));
  const of = <T extends RaceEvent["type"]>(type: T) =>
    events.filter((event): event is Extract<RaceEvent, { type: T }> => event.type === type);
  return { of };
}

async function rows(): Promise<RaceRows> {
  const { port1, port2 } = new MessageChannel();
  const sent = new Promise<RaceRows>((resolve) => {
    port1.onmessage = ({ data }: MessageEvent<RaceRows>) => resolve(data);
  });
  await lend(port2);
  const got = await sent;
  port1.close();
  return got;
}

describe("a race over seeds", () => {
  it("makes each racer anew with every seed, as it would have been made alone", async () => {
    const given = config({ racers: [racer("gan"), racer("vae")], budget: { unit: "steps", amount: 20 } });
    const raced = await race({ ...given, seeds: 3 });
    expect(raced.of("failed")).toEqual([]);
    expect(raced.of("again").map(({ turn }) => turn)).toEqual([1, 2]);
    const judged = raced.of("judged");
    expect(judged.map(({ turn, racer: at }) => [turn, at])).toEqual([[0, 0], [0, 1], [1, 0], [1, 1], [2, 0], [2, 1]]); // prettier-ignore
    expect(raced.of("reference")).toHaveLength(1);
    const alone = await race({ ...given, seed: given.seed + 2 });
    expect(alone.of("judged").map(({ figures }) => figures)).toEqual(
      judged.filter(({ turn }) => turn === 2).map(({ figures }) => figures),
    );
  });

  it("ends a racer where either of two budgets ends", async () => {
    // A step of the GAN takes 10 ms here, of the VAE 4.
    const given = config({ racers: [racer("gan"), racer("vae")], budget: { unit: "steps", amount: 60 } });
    const raced = await race({ ...given, most: { unit: "seconds", amount: 0.4 } });
    const [gan, vae] = raced.of("judged");
    expect(vae!.step).toBe(60);
    expect(gan!.step).toBeLessThan(60);
    expect(gan!.spent).toBeGreaterThanOrEqual(0.4);
  });
});

describe("a race by steps", () => {
  let run: ReturnType<typeof race> | undefined;
  const four = config({ racers: [...config().racers, racer("diffusion")] });
  const theRace = (): ReturnType<typeof race> => (run ??= race(four));

  it("gives each racer its steps and shows all of them on one map", async () => {
    const raced = await theRace();
    expect(raced.of("failed")).toEqual([]);
    expect(raced.of("judged").map(({ racer: at, step }) => [at, step])).toEqual([[0, 60], [1, 60], [2, 60], [3, 60]]); // prettier-ignore
    expect(raced.of("ready")[0]!.scene.view).toBe("plane");
    for (const at of [0, 1, 2, 3]) {
      const looks = raced.of("look").filter((look) => look.racer === at);
      expect(looks.at(-1)!.step).toBe(60);
      expect(looks.at(-1)!.points).toHaveLength(800);
      expect(looks.at(-1)!.points.every(Number.isFinite)).toBe(true);
      expect(looks.at(-1)!.distance).toBe(
        raced.of("judged").find((each) => each.racer === at)!.figures.distance,
      );
    }
  });

  it("scores each as the same run made alone", async () => {
    const raced = await theRace();
    await openNodeBackend("wasm");
    const lent = await rows();
    const prepared = learnable(lent);
    const encoded = trainingRows(prepared);
    const given = four;
    for (const [at, { id, settings }] of given.racers.entries()) {
      const alone = openTrainer({
        spans: prepared.encoder.spans,
        rows: encoded,
        config: { model: id, settings, seed: given.seed },
      });
      const options = { clock: now, budget: () => given.budget, speed: () => Infinity };
      for await (const _ of train(alone, options));
      const figures = await figuresOf(alone, prepared, given);
      alone.dispose();
      const inRace = raced.of("judged").find((each) => each.racer === at)!.figures;
      expect(Object.keys(inRace).length).toBeGreaterThanOrEqual(7);
      for (const [name, value] of Object.entries(figures)) {
        const other = inRace[name as keyof typeof inRace];
        if (typeof value === "number") expect(Math.abs(value - (other as number)), name).toBeLessThan(1e-6);
        else expect(other).toEqual(value);
      }
    }
  });

  it("puts held-out rows beside them, which hit every mode and are hardly told apart", async () => {
    const raced = await theRace();
    const { figures } = raced.of("reference")[0]!;
    expect(figures.modes).toMatchObject({ hit: 8, of: 8 });
    expect(figures.quality).toBeGreaterThan(0.8);
    expect(figures.coverage).toBeGreaterThan(0.8);
    // Sixty steps teach nobody that much.
    for (const { figures: made, rowsPerSecond } of raced.of("judged")) {
      expect(made.quality).toBeLessThan(figures.quality!);
      expect(rowsPerSecond).toBeGreaterThan(0);
    }
  });
});

describe("a race by time", () => {
  it("gives each racer the same time of the worker, whatever its steps cost", async () => {
    const raced = await race(config({ budget: { unit: "seconds", amount: 2 } }));
    const judged = raced.of("judged");
    expect(judged).toHaveLength(3);
    const spent = judged.map((each) => each.spent);
    const mean = spent.reduce((sum, each) => sum + each) / spent.length;
    for (const each of spent) expect(Math.abs(each / mean - 1)).toBeLessThan(0.05);
    const [gan, vae, ddgan] = judged.map(({ step }) => step);
    expect(gan! / ddgan!).toBeCloseTo(3, 0);
    expect(vae! / gan!).toBeCloseTo(2.5, 0);
  });
});

it("goes on without a racer that can't be built, and says why", async () => {
  const broken = { id: "vae", settings: { ...racer("vae").settings, batch: -1 } } as const;
  const raced = await race(config({ racers: [racer("gan"), broken], budget: { unit: "steps", amount: 5 } }));
  expect(raced.of("out")).toHaveLength(1);
  expect(raced.of("out")[0]).toMatchObject({ racer: 1, message: expect.stringMatching(/batch/i) });
  expect(raced.of("judged").map((each) => each.racer)).toEqual([0]);
});

it("says in words that there is no table", async () => {
  const events: RaceEvent[] = [];
  const session = racingSession({
    post: (event) => void events.push(event),
    now,
    rest: tick,
    openBackend: () => openNodeBackend("wasm"),
  });
  const { port1, port2 } = new MessageChannel();
  session.handle({ type: "race", port: port1, config: config() });
  port2.postMessage(null);
  await until(() => events.some(({ type }) => type === "failed"));
  expect(events[0]).toMatchObject({ fatal: true, message: expect.stringMatching(/no table/i) });
});
