/**
 * Trains any model: it knows objectives, not papers. It owns the optimizers,
 * the batches and the checkpoint; it has no loop of its own and no clock but
 * the one it is given, so a worker, a test and a command line drive it alike.
 *
 * On the device nothing is read back but the sums of the losses, once a report.
 */
import type { SettingValue } from "../catalog/setting.ts";
import type { Given, Matrix, Span } from "../encode/span.ts";
import { capture } from "../engine/capture.ts";
import type { Program } from "../engine/capture.ts";
import { clock as stepClock } from "../engine/clock.ts";
import { feed as feedOf } from "../engine/feed.ts";
import { settled } from "../engine/memory.ts";
import { meter } from "../engine/meter.ts";
import { tensorRandom } from "../engine/noise.ts";
import { adam } from "../engine/optimizer.ts";
import { inPrecision } from "../engine/precision.ts";
import type { Precision } from "../engine/precision.ts";
import { Refusal } from "../engine/recorder.ts";
import { readAll } from "../engine/stored.ts";
import type { Stored } from "../engine/stored.ts";
import { keep, tidy } from "../engine/tf.ts";
import type { Scalar } from "../engine/tf.ts";
import { count, t } from "../language/words.ts";
import { buildModel, settingsOf } from "../models/index.ts";
import type { Inside } from "../models/inside.ts";
import type { Heeding, ModelState, Plain } from "../models/model.ts";
import { stateOf } from "../models/state.ts";
import { random as seeded } from "../random/random.ts";
import type { NetSeen } from "../protocol/inside.ts";
import type { Carried, NetShape, RunConfig } from "../protocol/run.ts";
import { imageVersions, jitter as jitterOf, jitteredVersions, type ImageShape } from "./augment.ts";
import { carry, priorOf, type Origin } from "./carry.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { draws } from "./draws.ts";
import { layersOf } from "./layers.ts";

/** Mean losses over the steps since the last report. */
export interface StepReport {
  readonly step: number;
  /** By curve; a curve without a step since the last report is absent. */
  readonly losses: Readonly<Record<string, number>>;
}

export interface Trainer {
  readonly nets: readonly NetShape[];
  /** Names of the objectives, in the paper's order; empty for instant models. */
  readonly objectives: readonly string[];
  /** Names of all loss curves: the objectives', then the parts that they note. */
  readonly curves: readonly string[];
  /** Training steps taken. */
  readonly step: number;
  /**
   * Whether whole steps are replayed from a recording, so that many may be asked for at once; if not on WebGPU,
   * why: a line for the log.
   */
  readonly replays: boolean;
  readonly refusal: string | undefined;
  /**
   * In which precision steps multiply; "single" at first. Rows are drawn in that always. Only on a device that offers
   * it may it be "half" (`offersHalf`); steps are recorded anew after a change.
   */
  precision: Precision;
  /** Takes training steps of all objectives, or of the named one. Returns when the device has its orders. */
  advance(objective?: string, times?: number): void;
  /** Reads the losses since the last report. @throws Diverged where one is not a sensible number. */
  report(): Promise<StepReport>;
  /** `n` rows from the same noise each time, so that points travel as the model learns. */
  snapshot(n: number): Promise<Matrix>;
  /** What the model keeps to of rows that are given: all that is known, one category, or undefined for nothing. */
  readonly heeds: Heeding | undefined;
  /**
   * `n` fresh rows in pieces, each small enough to keep a worker responsive. Same seed, same rows. With `given`, of as
   * many rows, and a model that heeds them: those rows, what is unknown of them drawn.
   */
  sample(n: number, seed: number, given?: Given): AsyncGenerator<Matrix>;
  /** What the model fitted at once to the rows; see `GenerativeModel`. */
  readonly fitted: Plain;
  /** All that drawing rows takes, for a `sampler` elsewhere. @throws Diverged where the weights are not finite. */
  state(): Promise<ModelState>;
  /** Changes a setting that the catalog calls live. @throws Error where the value is unusable. */
  tune(key: string, value: SettingValue): void;
  /**
   * Keeps the present weights as the ones to go back to. They are copied by what is ordered now, whatever comes after.
   * @param sound rejects where something else of this step is amiss; they are not kept then.
   * @throws Diverged where they are not finite; what `sound` is rejected with.
   */
  checkpoint(sound?: Promise<unknown>): Promise<Checkpoint>;
  /**
   * Goes back to the last checkpoint, or to the one given, which may come from another trainer of the same model and
   * rows, on another backend too. On the same backend, what follows is what would have followed there.
   */
  restore(checkpoint?: Checkpoint): void;
  /** What `carry` took over. */
  readonly carried: Carried | undefined;
  /**
   * Takes over what it can of the weights of the run that the request names, in place of its own first ones, and goes
   * back to there with `restore`. @throws Unfit where those are damaged.
   */
  carry(): Promise<void>;
  /** The model's networks as functions; what is drawn in their light changes nothing of the run. */
  readonly inside: Inside | undefined;
  /** How strong signals and gradients are in its networks, as it stands. */
  layers(): Promise<readonly NetSeen[]>;
  /** Resolves when the device has caught up. */
  settled(): Promise<void>;
  /** As of a `Program`, of the steps that `advance` was asked for last; undefined where they were not replayed. */
  worked(): Promise<number | undefined>;
  dispose(): void;
}

/** Training ran away; the message is for a person and says what was kept. */
export class Diverged extends Error {}

export interface TrainerRequest {
  readonly spans: readonly Span[];
  /** The training rows; at least one. */
  readonly rows: Matrix;
  readonly config: Pick<RunConfig, "model" | "settings" | "seed">;
  /** Another run, whose weights `carry` takes over where they mean the same. */
  readonly origin?: Origin;
  /** Where rows are images. */
  readonly image?: ImageShape | undefined;
}

/** A mean loss beyond this is taken for divergence though it is still a number. */
const absurd = 1e12;

/**
 * Builds the model and its optimizers on the open backend; `dispose` frees them.
 * @throws Error in plain words for unusable settings or no rows.
 */
export function trainer({ spans, rows, config, image, origin }: TrainerRequest): Trainer {
  if (rows.rows === 0 || rows.width === 0)
    throw new Error(t`There is nothing to train on: the encoded table has no rows or no columns.`);
  const settings = settingsOf(config.model, config.settings);
  const source = seeded(config.seed);
  const model = buildModel(config.model, {
    spans,
    width: rows.width,
    from: { rows, ...(origin?.model === config.model && { prior: priorOf(origin) }) },
    settings,
    random: source,
  });
  const instant = model.objectives.length === 0;
  const clock = stepClock(source.fork("noise").integer(4294967296));
  const batches = model.objectives.reduce((sum, { repeats }) => sum + repeats, 0);
  const augmenting = source.fork("augment");
  const seen = imageVersions(rows, spans, image, settings, augmenting);
  const share = Number(settings["jitter"] ?? 0);
  // Noise on codes would be no noise on numbers.
  const jitter = model.learns === undefined ? jitterOf(rows, spans, share) : undefined;
  const learned = model.learns?.(jitteredVersions(seen, spans, share, augmenting)) ?? seen;
  const feed = feedOf(learned, instant ? 1 : (settings["batch"] as number), clock, batches);
  const noise = tensorRandom(source.fork("noise"), clock);
  const optimizers = model.objectives.map(({ trains, betas: [beta1, beta2] }) =>
    adam(trains, {
      learningRate: settings["learningRate"] as number,
      beta1,
      beta2,
      // Like a prior: what the data say outweighs it as rows grow in number. The setting is for a thousand rows.
      weightDecay: (((settings["weightDecay"] as number | undefined) ?? 0) * 1_000) / rows.rows,
    }),
  );
  const stored: Stored[] = [
    ...optimizers,
    ...model.objectives.flatMap(({ average }) => (average === undefined ? [] : [average])),
  ];
  const objectives = model.objectives.map(({ name }) => name);
  const curves = [...objectives, ...model.objectives.flatMap(({ parts }) => parts)];
  const losses = meter(curves, clock.steps);
  const counters = [clock.steps, ...optimizers.map(({ steps }) => steps), ...losses.counters];
  for (const { average } of model.objectives) if (average !== undefined) counters.push(average.steps);
  let last: Checkpoint | undefined;
  let carried: Carried | undefined;
  /** The whole training step, recorded; or, in words, why it is not. */
  let program: Program | Refusal | undefined =
    clock.tensor === undefined ? new Refusal(t`not WebGPU`) : undefined;
  let precision: Precision = "single";
  /** A whole step was taken, so what models make when they first need it is made. */
  let warm = false;

  const minimize = (index: number): void => {
    const objective = model.objectives[index]!;
    tidy(() => {
      const next = feed.next();
      const x = jitter?.of(next, noise) ?? next;
      const noted = new Map<string, Scalar>();
      const value = optimizers[index]!.minimize(() =>
        objective.loss(x, noise, (part, of) => noted.set(part, keep(of))),
      );
      losses.note(noted.set(objective.name, value));
      for (const each of noted.values()) each.dispose();
    });
    objective.average?.update();
  };

  const takeStep = (chosen: readonly number[]): void => {
    inPrecision(precision, () => {
      for (const i of chosen)
        for (let repeat = 0; repeat < model.objectives[i]!.repeats; repeat++) minimize(i);
    });
    clock.tick();
  };
  const all = model.objectives.map((_, i) => i);

  /** Whole steps: the first as it is, the second recorded, all others replayed. */
  const takeSteps = (times: number): void => {
    let left = times;
    if (program === undefined && warm && left > 0) {
      try {
        program = capture(() => takeStep(all), counters);
        left--;
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        program = error;
      }
    }
    if (program !== undefined && !(program instanceof Refusal)) {
      if (left > 0) program.replay(left);
      return;
    }
    for (; left > 0; left--) {
      takeStep(all);
      if (program !== undefined) continue;
      warm = true;
      takeSteps(left - 1);
      return;
    }
  };
  /** After a change of what the step does: record it anew. */
  const recordAnew = (): void => {
    if (program === undefined || program instanceof Refusal) return;
    program.dispose();
    program = undefined;
  };

  const restore = (checkpoint: Checkpoint): void => {
    clock.set(checkpoint.step);
    checkpoint.parts.forEach(({ values, count }, i) => stored[i]!.restore(values, count));
  };

  const diverged = (what: string): Diverged => {
    const kept =
      last === undefined ? "" : t` The weights of step ${count(last.step)}, the last good ones, are back.`;
    const at = count(clock.steps.value);
    if (last !== undefined) restore(last);
    return new Diverged(t`Training diverged by step ${at}: ${what}.${kept} Try a lower learning rate.`);
  };

  const { draw, sample } = draws(model, rows.width, () =>
    diverged(t`the model makes rows that are not numbers`),
  );

  const self: Trainer = {
    nets: model.nets.map(({ name, sizes, parameters, maps, note }) => ({
      name,
      sizes,
      parameters,
      ...(maps !== undefined && { maps }),
      ...(note !== undefined && { note }),
    })),
    objectives,
    curves,
    get step() {
      return clock.steps.value;
    },
    get replays() {
      return program !== undefined && !(program instanceof Refusal);
    },
    get refusal() {
      return program instanceof Refusal && clock.tensor !== undefined ? program.message : undefined;
    },
    get precision() {
      return precision;
    },
    set precision(wanted) {
      if (wanted === precision) return;
      precision = wanted;
      recordAnew();
    },
    advance(name, times = 1) {
      if (instant) return;
      if (name === undefined) {
        takeSteps(times);
        return;
      }
      const chosen = model.objectives.flatMap((objective, i) => (objective.name === name ? [i] : []));
      if (chosen.length === 0) throw new Error(t`This model has no step called "${name}".`);
      for (let time = 0; time < times; time++) takeStep(chosen);
    },
    async report() {
      const { step, values } = await losses.take();
      for (const [curve, value] of Object.entries(values))
        if (!(Math.abs(value) < absurd))
          throw diverged(
            t`the ${curve} ${curve === "loss" ? "" : t`loss `}became ${Number.isFinite(value) ? t`absurdly large` : t`not a number`}`,
          );
      return { step, losses: values };
    },
    snapshot: (n) => draw(n, tensorRandom(source.fork("snapshot"))),
    heeds: model.heeds,
    fitted: model.fitted ?? null,
    sample,
    async state() {
      const state = await stateOf(model);
      if (!state.weights.every((each) => each.every(Number.isFinite)))
        throw diverged(t`the weights are no longer numbers`);
      return state;
    },
    tune(key, value) {
      if (key === "learningRate") {
        if (typeof value !== "number" || !(value > 0))
          throw new Error(t`The learning rate must be a number above 0.`);
        for (const optimizer of optimizers) optimizer.learningRate = value;
      } else if (key === "average") {
        if (typeof value !== "number" || !(value >= 0 && value < 1))
          throw new Error(t`The weight average must keep a share from 0 up to, but not including, 1.`);
        for (const { average } of model.objectives) {
          if (average === undefined) continue;
          if (average.decay === 0) recordAnew();
          average.decay = value;
        }
      } else {
        model.tune(key, value);
        recordAnew();
      }
    },
    async checkpoint(sound) {
      const at = clock.steps.value;
      const kept = stored.map((part) => ({ tensors: part.tensors(), count: part.count() }));
      const [values] = await Promise.all([readAll(kept.flatMap(({ tensors }) => tensors)), sound]);
      if (!values.every((each) => each.every(Number.isFinite)))
        throw diverged(t`the weights are no longer numbers`);
      const parts = kept.map(({ tensors, count }) => ({ values: values.splice(0, tensors.length), count }));
      last = { step: at, parts };
      return last;
    },
    restore(checkpoint) {
      if (checkpoint !== undefined) last = checkpoint;
      if (last !== undefined) restore(last);
    },
    get carried() {
      return carried;
    },
    async carry() {
      if (origin === undefined) return;
      const begun = carry(model, await self.checkpoint(), config.model, origin);
      ({ carried } = begun);
      self.restore(begun.checkpoint);
    },
    inside: model.inside,
    layers: () => layersOf(model, optimizers, learned, settings["batch"] as number, source.fork("inside")),
    settled,
    worked: () =>
      program === undefined || program instanceof Refusal ? Promise.resolve(undefined) : program.worked(),
    dispose() {
      recordAnew();
      for (const part of [losses, feed, clock, ...optimizers]) part.dispose();
      jitter?.dispose();
      model.dispose();
    },
  };
  return self;
}

/** `count` of the rows, from row `from` on. */
