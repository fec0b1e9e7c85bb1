/** The train session around a trainer that can be made to fail, dawdle and be watched. */
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Matrix } from "../encode/span.ts";
import type { FromTrain, KeptRun, ToTrain } from "../protocol/port.ts";
import type { RunConfig } from "../protocol/run.ts";
import type { TrainCommand, TrainEvent } from "../protocol/train.ts";
import { tick, turnClock, until } from "./testing/turns.ts";
import type { Checkpoint } from "../train/checkpoint.ts";
import { Diverged, type StepReport } from "../train/trainer.ts";
import { trainSession } from "./train.ts";

const matrix = (rows: number): Matrix => ({ values: new Float32Array(rows), rows, width: 1 });

/** What the fake trainer did and how it should behave. */
const fake = {
  steps: 0,
  learningRate: 0,
  disposed: 0,
  pieces: 0,
  snapshots: 0,
  replays: false,
  /** How often it was given steps. */
  orders: 0,
  refusal: undefined as string | undefined,
  settled: async (): Promise<void> => {},
  snapshot: async (n: number): Promise<Matrix> => matrix(n),
  checkpoint: async (): Promise<Checkpoint> => ({ step: fake.steps, parts: [] }),
  report: async (): Promise<StepReport> => ({ step: fake.steps, losses: { loss: 1 } }),
};

vi.mock("../train/trainer.ts", () => ({
  Diverged: class extends Error {},
  trainer: () => ({
    nets: [],
    objectives: ["loss"],
    curves: ["loss"],
    get step() {
      return fake.steps;
    },
    get refusal() {
      return fake.refusal;
    },
    get replays() {
      return fake.replays;
    },
    advance(_?: string, times = 1) {
      fake.steps += times;
      fake.orders += 1;
    },
    report: () => fake.report(),
    settled: () => fake.settled(),
    worked: async () => undefined,
    snapshot: (n: number) => {
      fake.snapshots += 1;
      return fake.snapshot(n);
    },
    async *sample(n: number) {
      for (let made = 0; made < n; made += 10) {
        fake.pieces += 1;
        yield matrix(Math.min(10, n - made));
      }
    },
    tune: (_: string, value: number) => void (fake.learningRate = value),
    checkpoint: () => fake.checkpoint(),
    restore: (to?: Checkpoint) => void (fake.steps = to?.step ?? 0),
    dispose: () => void (fake.disposed += 1),
  }),
}));

/** @param pace milliseconds that pass between two looks at the clock. */
function open(backend: Promise<unknown> = Promise.resolve(), pace = 1, name: "cpu" | "webgpu" = "cpu") {
  const said: TrainEvent[] = [];
  const answers: FromTrain[] = [];
  const log: string[] = [];
  let rests = 0;
  let fault = (_message: string, _detail: string): void => {};
  const clock = turnClock(pace);
  const session = trainSession({
    post: (event) => void said.push(event),
    ...clock,
    rest: () => {
      rests += 1;
      return tick();
    },
    log: (line) => void log.push(line),
    turnTo: () => Promise.reject(new Error("There is no other.")),
    openBackend: (_, onFault) => {
      fault = onFault;
      return backend.then(() => ({ backend: name, adapter: "", reason: "" }));
    },
  });
  const { port1, port2 } = new MessageChannel();
  const kept: KeptRun[] = [];
  port2.onmessage = ({ data }: MessageEvent<FromTrain>) =>
    void (data.type === "kept" ? kept.push(data.kept) : answers.push(data));
  session.handle({ type: "connect", port: port1 });
  const ask = (message: ToTrain): void => port2.postMessage(message);
  return {
    said,
    answers,
    log,
    kept,
    ask,
    rests: () => rests,
    /** So much time goes by. */
    spend: (milliseconds: number) => void clock.wait(milliseconds),
    lose: () => fault("The GPU was lost.", "as tests do"),
    tell: (command: TrainCommand) => session.handle(command),
    rows: (data: number) =>
      ask({ type: "rows", data, encoded: { spans: [], train: matrix(5) }, kept: undefined }),
    start: (run: number, change: Partial<RunConfig> = {}, paused = false) =>
      session.handle({
        type: "start",
        run,
        data: 1,
        config: {
          model: "vae",
          settings: {},
          seed: 1,
          budget: { unit: "steps", amount: 1_000_000 },
          speed: Infinity,
          ...change,
        },
        paused,
      }),
    states: () => said.flatMap((event) => (event.type === "state" ? [event.state] : [])),
    close: () => {
      session.handle({ type: "stop" });
      port1.close();
      port2.close();
    },
  };
}

beforeEach(() => {
  Object.assign(fake, {
    steps: 0,
    learningRate: 0,
    disposed: 0,
    pieces: 0,
    snapshots: 0,
    orders: 0,
    replays: false,
    refusal: undefined,
  });
  fake.settled = async () => {};
  fake.snapshot = async (n) => matrix(n);
  fake.checkpoint = async () => ({ step: fake.steps, parts: [] });
  fake.report = async () => ({ step: fake.steps, losses: { loss: 1 } });
});

describe("the train session", () => {
  it("keeps what is said to a run that has not begun yet", async () => {
    let ready = (): void => {};
    const lab = open(new Promise<void>((resolve) => (ready = resolve)));
    lab.rows(1);
    lab.start(1, {}, true);
    lab.tell({ type: "step" });
    await tick();
    lab.tell({ type: "tune", key: "learningRate", value: 0.5 });
    lab.tell({ type: "budget", budget: { unit: "steps", amount: 3 } });
    ready();
    await until(() => fake.steps === 1 && fake.learningRate === 0.5);
    lab.tell({ type: "resume" });
    await until(() => lab.states().includes("finished"));
    expect(fake.steps).toBe(3);
    lab.close();
  });

  it("says it to nobody once another start or a stop has come", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1, {}, true);
    lab.tell({ type: "step" });
    lab.start(2, {}, true);
    await until(() => lab.states().includes("paused"));
    await tick();
    expect(fake.steps).toBe(0);
    lab.close();
  });

  it("takes no step after it has said that it is paused", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1);
    await until(() => fake.steps > 2_000); // past a checkpoint of the loop
    // The next checkpoint takes its time, and a pause comes meanwhile.
    let kept = (): void => {};
    let keeping = false;
    fake.checkpoint = () => {
      keeping = true;
      return new Promise((resolve) => (kept = () => resolve({ step: fake.steps, parts: [] })));
    };
    await until(() => keeping);
    lab.tell({ type: "pause" });
    expect(lab.states()).not.toContain("paused");
    fake.checkpoint = async () => ({ step: fake.steps, parts: [] });
    kept();
    await until(() => lab.states().includes("paused"));
    const { steps } = fake;
    for (let i = 0; i < 20; i++) await tick();
    expect(fake.steps).toBe(steps);
    lab.close();
  });

  it("keeps what was learned at the start, every two seconds, and before it says paused or finished", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1);
    await until(() => lab.kept.length >= 4);
    const [first, ...others] = lab.kept.slice(0, 4).map(({ elapsed }) => elapsed);
    expect(first).toBe(0);
    others.forEach((elapsed, i) => {
      expect(elapsed - lab.kept[i]!.elapsed).toBeGreaterThanOrEqual(2_000);
      expect(elapsed - lab.kept[i]!.elapsed).toBeLessThan(2_100);
    });
    lab.tell({ type: "pause" });
    await until(() => lab.states().includes("paused"));
    const paused = lab.said.findIndex((event) => event.type === "state" && event.state === "paused");
    const word = lab.said.slice(0, paused).findLast(({ type }) => type === "kept");
    expect(word).toEqual({ type: "kept", run: 1, step: fake.steps });
    lab.tell({ type: "budget", budget: { unit: "steps", amount: fake.steps + 5 } });
    lab.tell({ type: "resume" });
    await until(() => lab.states().includes("finished") && lab.kept.at(-1)!.finished);
    expect(lab.kept.at(-1)).toMatchObject({ run: 1, data: 1, checkpoint: { step: fake.steps } });
    // Whatever the page has not heard goes along.
    expect(lab.kept.at(-1)!.losses.steps.at(-1)).toBe(fake.steps);
    lab.close();
  });

  it("goes on while a checkpoint is read, which is of one step though others follow", async () => {
    const lab = open();
    fake.replays = true;
    lab.rows(1);
    lab.start(1);
    await until(() => fake.steps > 100);
    let ordered = -1;
    let arrive = (): void => {};
    fake.checkpoint = () => {
      const step = fake.steps;
      ordered = step;
      return new Promise((resolve) => (arrive = () => resolve({ step, parts: [] })));
    };
    await until(() => ordered >= 0);
    const { length } = lab.kept;
    const then = ordered;
    await until(() => fake.steps > then + 200);
    // None is asked for beside it, and a run that is dropped would not be told.
    expect(ordered).toBe(then);
    arrive();
    await until(() => lab.kept.length > length);
    expect(lab.kept[length]).toMatchObject({ checkpoint: { step: then } });
    expect(lab.kept[length]!.losses.steps.at(-1)).toBe(then);
    lab.close();
  });

  it("says nothing of a checkpoint that arrives when its run is gone, and hears of one that fails", async () => {
    const lab = open();
    fake.replays = true;
    lab.rows(1);
    lab.start(1);
    const whole = fake.checkpoint;
    let arrive = (): void => {};
    let fail: (why: unknown) => void = () => {};
    const slowly = (): Promise<Checkpoint> =>
      new Promise((resolve, reject) => {
        arrive = () => resolve({ step: 1, parts: [] });
        fail = reject;
        fake.checkpoint = whole;
      });
    await until(() => lab.kept.length > 0);
    fake.checkpoint = slowly;
    await until(() => fake.checkpoint === whole);
    lab.start(2);
    await until(() => lab.said.some((event) => event.type === "started" && event.run === 2));
    arrive();
    for (let i = 0; i < 20; i++) await tick();
    expect(lab.kept.filter(({ run, checkpoint }) => run === 1 && checkpoint.step === 1)).toEqual([]);
    fake.checkpoint = slowly;
    await until(() => fake.checkpoint === whole);
    fail(new Diverged("It ran away."));
    await until(() => lab.states().includes("diverged"));
    lab.close();
  });

  it("takes no more orders once a pause is asked for, waits for those on their way, and for nothing else", async () => {
    const lab = open();
    fake.replays = true;
    /** A device that is done with a bundle when it is told to be; a copy is made once all before it are. */
    let held = false;
    const bundles: (() => void)[] = [];
    fake.settled = () => (held ? new Promise((resolve) => bundles.push(resolve)) : Promise.resolve());
    fake.checkpoint = async () => {
      const step = fake.steps;
      await fake.settled();
      return { step, parts: [] };
    };
    lab.rows(1);
    lab.start(1);
    await until(() => fake.orders > 5);
    held = true;
    await until(() => bundles.length === 3); // as many as it is ever given
    lab.tell({ type: "pause" });
    const { orders } = fake;
    // The loop hands back when there is room, and orders the copy of what the pause is to show.
    bundles.shift()!();
    await until(() => bundles.length === 3);
    for (let i = 0; i < 20; i++) await tick();
    expect(lab.states()).not.toContain("paused");
    const rests = lab.rests();
    held = false;
    for (const done of bundles.splice(0)) done();
    await until(() => lab.states().includes("paused"));
    // One turn, for the word of a device that was lost.
    expect(lab.rests() - rests).toBeLessThanOrEqual(1);
    expect(fake.orders).toBe(orders);
    lab.close();
  });

  it("keeps more seldom what takes long to read: a twentieth of the time, not more", async () => {
    const lab = open();
    fake.checkpoint = async () => {
      lab.spend(500);
      return { step: fake.steps, parts: [] };
    };
    lab.rows(1);
    lab.start(1);
    await until(() => lab.kept.length >= 3);
    expect(lab.kept[2]!.elapsed - lab.kept[1]!.elapsed).toBeGreaterThanOrEqual(19 * 500);
    lab.close();
  });

  it("says that its device was lost, and nothing after it: neither what the loss broke nor what was read", async () => {
    const lab = open(undefined, 1, "webgpu");
    lab.rows(1);
    lab.start(1);
    await until(() => fake.steps > 10);
    const kept = lab.kept.length;
    fake.checkpoint = async () => {
      lab.lose();
      return { step: fake.steps, parts: [] };
    };
    await until(() => lab.said.some(({ type }) => type === "failed"));
    for (let i = 0; i < 20; i++) await tick();
    expect(lab.said.at(-1)).toMatchObject({ message: "The GPU was lost.", fatal: true });
    expect(lab.kept).toHaveLength(kept);

    fake.checkpoint = async () => ({ step: fake.steps, parts: [] });
    const other = open(undefined, 1, "webgpu");
    other.rows(1);
    fake.snapshot = async () => {
      setImmediate(other.lose);
      throw new Error("mapAsync: the device is lost");
    };
    other.ask({ type: "want", rows: 4 });
    other.start(1, {}, true);
    await until(() => other.said.some(({ type }) => type === "failed"));
    for (let i = 0; i < 20; i++) await tick();
    expect(other.said.filter(({ type }) => type === "failed")).toHaveLength(1);
    expect(other.said.at(-1)).toMatchObject({ fatal: true });
    for (const each of [lab, other]) each.close();
  });

  it("goes on where a budget has been raised, and nowhere else", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1, { budget: { unit: "steps", amount: 40 } });
    await until(() => lab.states().at(-1) === "finished");
    expect(fake.steps).toBe(40);
    lab.tell({ type: "resume" });
    await until(() => lab.states().filter((state) => state === "finished").length === 2);
    expect(fake.steps).toBe(40);
    lab.tell({ type: "budget", budget: { unit: "steps", amount: 50 } });
    lab.tell({ type: "resume" });
    await until(() => lab.states().filter((state) => state === "finished").length === 3);
    expect(fake.steps).toBe(50);
    lab.close();
  });

  it("reports each step once, on a machine so slow that every one is worth a report", async () => {
    const lab = open(undefined, 200);
    lab.rows(1);
    lab.start(1, { budget: { unit: "steps", amount: 4 } });
    await until(() => lab.states().includes("finished"));
    lab.tell({ type: "resume" }); // there is nothing left to do, and nothing to report
    await until(() => lab.states().filter((state) => state === "finished").length === 2);
    const steps = lab.said.flatMap((event) => (event.type === "progress" ? event.losses.steps : []));
    expect(steps).toEqual([1, 2, 3, 4]);
    lab.close();
  });

  it("says with the losses how steps reach the device, and logs once why they could not be recorded", async () => {
    const lab = open();
    fake.refusal = "the step's shapes change";
    lab.rows(1);
    lab.start(1, { budget: { unit: "steps", amount: 3_000 } });
    await until(() => lab.states().includes("finished"));
    const orders = lab.said.flatMap((event) => (event.type === "progress" ? [event.orders] : []));
    expect(orders.length).toBeGreaterThan(1);
    expect(new Set(orders.map((each) => JSON.stringify(each)))).toEqual(
      new Set([JSON.stringify({ bundle: 1, refusal: "the step's shapes change" })]),
    );
    expect(lab.log).toEqual(["Steps of vae are taken one by one, because the step's shapes change."]);
    lab.close();
  });

  it("goes on while losses are read, and pauses only once it has them", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1);
    await until(() => fake.steps > 0);
    const arrivals: (() => void)[] = [];
    let asked = 0;
    fake.report = () => {
      const step = fake.steps;
      asked = Math.max(asked, step);
      return new Promise((resolve) => arrivals.push(() => resolve({ step, losses: { loss: 2 } })));
    };
    await until(() => asked > 0 && fake.steps > asked + 500);
    const told = (): number[] =>
      lab.said.flatMap((event) => (event.type === "progress" ? event.losses.steps : []));
    const first = asked;
    expect(told()).not.toContain(first);
    lab.tell({ type: "pause" });
    for (let i = 0; i < 20; i++) await tick();
    expect(lab.states()).not.toContain("paused");
    for (const arrive of arrivals) arrive();
    await until(() => lab.states().includes("paused"));
    expect(told()).toContain(first);
    lab.close();
  });

  it("goes back to the last good weights though it took steps before it heard that it had diverged", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1);
    await until(() => fake.steps > 1_000);
    fake.report = () => Promise.reject(new Diverged("It ran away."));
    await until(() => lab.states().includes("diverged"));
    expect(lab.said.at(-1)).toMatchObject({ state: "diverged", step: 0, message: "It ran away." });
    lab.close();
  });

  it("sleeps between the steps of slow motion", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1, { speed: 0.5, budget: { unit: "steps", amount: 4 } });
    await until(() => lab.states().includes("finished"));
    expect(lab.rests()).toBeLessThan(40);
    lab.close();
  });

  it("reports a snapshot that can't be made once, and not for ever", async () => {
    const lab = open();
    fake.snapshot = async () => {
      throw new Error("no rows");
    };
    lab.rows(1);
    lab.ask({ type: "want", rows: 4 });
    lab.start(1, {}, true);
    await until(() => lab.said.some(({ type }) => type === "failed"));
    for (let i = 0; i < 20; i++) await tick();
    expect(fake.snapshots).toBe(1);
    // The wish stands: once the model has moved, it is tried again.
    fake.snapshot = async (n) => matrix(n);
    lab.tell({ type: "step" });
    await until(() => lab.answers.some(({ type }) => type === "snapshot"));
    expect(lab.answers.at(-1)).toMatchObject({ type: "snapshot", run: 1, data: 1, step: 1 });
    lab.close();
  });

  it("keeps a wish for a snapshot that comes while another is being made", async () => {
    const lab = open();
    let made: (rows: Matrix) => void;
    fake.snapshot = () => new Promise((resolve) => (made = resolve));
    lab.rows(1);
    lab.ask({ type: "want", rows: 4 });
    lab.start(1, {}, true);
    await until(() => fake.snapshots === 1);
    lab.ask({ type: "want", rows: 4 });
    await tick();
    fake.snapshot = async (n) => matrix(n);
    made!(matrix(4));
    lab.tell({ type: "step" });
    await until(() => lab.answers.length === 2);
    expect(lab.answers.map((answer) => answer.type === "snapshot" && answer.step)).toEqual([0, 1]);
    lab.close();
  });

  it("makes rows no faster than they are paid for", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1, {}, true);
    await until(() => lab.states().includes("paused"));
    lab.ask({ type: "sample", request: 1, rows: 1_000, seed: 1 });
    await until(() => lab.answers.length === 2);
    for (let i = 0; i < 20; i++) await tick();
    expect(fake.pieces).toBe(2);
    lab.ask({ type: "more", request: 1 });
    await until(() => lab.answers.length === 3);
    expect(fake.pieces).toBe(3);
    lab.close();
  });

  it("stops though rows are being made, and tells whoever waits for them", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1, {}, true);
    await until(() => lab.states().includes("paused"));
    lab.ask({ type: "sample", request: 7, rows: 1_000, seed: 1 });
    await until(() => lab.answers.length === 2);
    lab.tell({ type: "stop" });
    await until(() => fake.disposed === 1);
    await until(() => lab.answers.length === 3);
    expect(lab.answers[2]).toMatchObject({ type: "unsampled", request: 7 });
    lab.close();
  });

  it("trains on when the rest of the rows is no longer wanted", async () => {
    const lab = open();
    lab.rows(1);
    lab.start(1);
    await until(() => fake.steps > 0);
    lab.ask({ type: "sample", request: 1, rows: 1_000, seed: 1 });
    await until(() => lab.answers.length === 2);
    const { steps } = fake;
    for (let i = 0; i < 20; i++) await tick();
    expect(fake.steps).toBe(steps); // all rows come from the same weights
    lab.ask({ type: "enough", request: 1 });
    await until(() => fake.steps > steps);
    lab.close();
  });
});
