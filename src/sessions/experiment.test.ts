/** The experiment worker and the analysis worker's side of its port, without workers. */
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { dataSeed } from "../catalog/datasets.ts";
import { experiments, type ExperimentChoice } from "../catalog/experiments.ts";
import { defaultsFor } from "../catalog/models.ts";
import { makeDataset } from "../datasets/builtin.ts";
import { splitRows } from "../encode/split.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import type { ExperimentCommand, ExperimentEvent } from "../protocol/experiment.ts";
import { random } from "../random/random.ts";
import { experimentSession } from "./experiment.ts";
import { lendTables } from "./lendingTables.ts";
import type { Prepared } from "./preparing.ts";
import { tick, until } from "./testing/turns.ts";

const birds: ExperimentChoice = {
  kind: "curves",
  target: "species",
  positive: "puffin",
  sizes: [24, 60],
  multiple: 2,
  share: 0.4,
  seeds: 2,
  steps: 3,
  learners: ["linear"],
  measures: ["auc"],
};

function preparedOf(holdout: number): Prepared {
  const { table } = makeDataset("birds", dataSeed);
  const split = splitRows(table.rows, holdout, random(7).fork("split"));
  return { data: 3, table, split } as unknown as Prepared; // what is lent needs no more
}

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A run before on birds of another year, say: the same columns. */
const before = { name: "birds.csv", table: makeDataset("birds", 9).table };

function open(prepared: Prepared | undefined = preparedOf(0.25), source?: typeof before) {
  const events: ExperimentEvent[] = [];
  let now = 0;
  let backends = 0;
  const session = experimentSession({
    post: (event) => void events.push(event),
    rest: tick,
    // Every look costs 20 ms, so that the session rests after every piece.
    now: () => (now += 20),
    openBackend: async () => void (backends += 1),
  });
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  lendTables(port2, () => prepared, {
    cloud: () => source?.table,
    last: () => source && { name: source.name, model: "vae", settings: {}, step: 1, cloud: true },
  });
  session.handle({ type: "connect", port: port1 });
  const attempt = (request: number, change: Partial<Extract<ExperimentCommand, { type: "try" }>> = {}): void =>
    session.handle({ type: "try", request, model: "copula", settings: defaultsFor("copula", "table"), choice: birds, ...change }); // prettier-ignore
  const last = <T extends ExperimentEvent["type"]>(type: T) =>
    events.findLast((event): event is Extract<ExperimentEvent, { type: T }> => event.type === type);
  const ended = async (request: number) => {
    const isEnd = (event: ExperimentEvent): boolean =>
      (event.type === "tried" || event.type === "untried") && event.request === request;
    await until(() => events.some(isEnd));
    return events.find(isEnd) as Extract<ExperimentEvent, { type: "tried" | "untried" }>;
  };
  const cardOf = async (request: number) => {
    const end = await ended(request);
    if (end.type === "untried") throw new Error(end.message ?? "cancelled");
    return end.card;
  };
  return { ...session, events, attempt, last, ended, cardOf, backends: () => backends };
}

describe("an experiment in its worker", () => {
  beforeAll(() => openNodeBackend("cpu"));

  it("says how far it is, and gives scores by seed, comparisons and a verdict", async () => {
    const lab = open();
    lab.attempt(1);
    const card = await lab.cardOf(1);
    const told = lab.events.flatMap((event) => (event.type === "trying" ? [event] : []));
    expect(told.map(({ doing }) => doing)).toContain("Seed 2 of 2, 60 real rows");
    const shares = told.map(({ share }) => share);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(lab.last("tried")!.data).toBe(3);
    expect(card.rows).toEqual({ train: 300, test: 100 });
    expect(card.maker).toBe("Gaussian copula");
    const [chart] = card.charts;
    expect(chart!.arms.map(({ name }) => name)).toEqual(["real", "synthetic", "both"]);
    for (const { points } of chart!.arms) {
      expect(points.map(({ real }) => real)).toEqual([24, 60]);
      for (const { scores } of points)
        expect(scores.every((score) => score! > 0.5 && score! <= 1)).toBe(true);
    }
    // Two numbers of real rows, each once with both and once with synthetic rows alone.
    expect(card.contests.map(({ main }) => main)).toEqual([true, true, false, false]);
    expect(card.contests[0]!.words).toMatch(/^Adding 48 synthetic rows to 24 real ones/);
    expect(card.limits[0]!.sentence).toMatch(/^Of 4 comparisons/);
  });

  it("gives the same figures for the same choice, whatever was tried between", async () => {
    const lab = open();
    lab.attempt(1);
    const first = await lab.cardOf(1);
    lab.attempt(2, { choice: { ...birds, kind: "rare", sizes: [60], measures: ["recall"] } });
    const rare = await lab.cardOf(2);
    expect(rare.charts[0]!.arms.map(({ name }) => name).toSorted()).toEqual([
      "augmented",
      "copies",
      "real",
      "threshold",
    ]);
    expect(rare.contests).toHaveLength(3);
    lab.attempt(3);
    expect({ ...(await lab.cardOf(3)), seconds: 0 }).toEqual({ ...first, seconds: 0 });
    expect(lab.backends()).toBe(1);
  });

  it("takes rows of the table before as a source, and a model's weights from there", async () => {
    const lab = open(undefined, before);
    const choice = { ...birds, kind: "transfer", sizes: [40], measures: ["auc", "accuracy"] } as const;
    lab.attempt(1, { choice, model: "vae", settings: defaultsFor("vae", "table") });
    const card = await lab.cardOf(1);
    const arms = card.charts[0]!.arms;
    expect(Object.fromEntries(arms.map(({ name, points }) => [name, [points[0]!.real, points[0]!.made]]))).toEqual({
      target: [40, 0],
      source: [400, 0],
      "source and target": [440, 0],
      "from scratch": [40, 80],
      "carried over": [40, 80],
      "source and from scratch": [400, 80],
      "source and carried over": [400, 80],
    }); // prettier-ignore
    for (const { points } of arms) expect(points[0]!.scores.every((score) => score! > 0.5)).toBe(true);
    const scoresOf = (name: string) => arms.find((arm) => arm.name === name)!.points[0]!.scores;
    expect(scoresOf("carried over")).not.toEqual(scoresOf("from scratch"));
    expect(card.contests.filter(({ main }) => main)).toHaveLength(2);
    expect(card.contests[0]!.words).toMatch(
      /^Adding 80 synthetic rows \(carried over\) to 40 real ones of the target/,
    );
    expect(card.contests.some(({ words }) => words.startsWith("Adding 80 synthetic rows of the target (from scratch) to 400 of the source"))).toBe(true); // prettier-ignore
    expect(card.notes[0]).toBe("The source is 400 rows of birds.csv; the target, 40 of its own rows with each seed."); // prettier-ignore
    lab.attempt(2, { choice });
    const fitted = await lab.cardOf(2);
    expect(fitted.charts[0]!.arms.map(({ name }) => name)).not.toContain("carried over");
    expect(fitted.notes[1]).toContain("no weights to carry over");
    lab.handle({ type: "shift", request: 1, shifts: [{ column: "species", value: "puffin", share: 0.5 }] });
    await until(() => lab.last("shifted") !== undefined);
    expect(lab.last("shifted")!.shifted).toHaveProperty("headline");
    const alone = open();
    alone.attempt(1, { choice });
    expect(await alone.ended(1)).toMatchObject({ message: expect.stringContaining("Open the source, train on it for a moment") }); // prettier-ignore
  });

  it("trains a model anew for every point", async () => {
    const lab = open();
    const choice = { ...birds, sizes: [40] };
    lab.attempt(1, { model: "vae", settings: { ...defaultsFor("vae", "table"), hidden: [8] }, choice });
    expect((await lab.cardOf(1)).maker).toBe("VAE, 3 steps");
  });

  it("ends where it is cancelled, answers nothing more, and can be asked again", async () => {
    const lab = open();
    lab.attempt(1);
    await until(() => (lab.last("trying")?.share ?? 0) > 0);
    lab.handle({ type: "cancel", request: 1 });
    expect(lab.events.at(-1)).toEqual({ type: "untried", request: 1 });
    const said = lab.events.length;
    for (let i = 0; i < 50; i++) await tick();
    expect(lab.events).toHaveLength(said);
    lab.attempt(2);
    await lab.cardOf(2);
  });

  it("lets a newer one take the place of an older one", async () => {
    const lab = open();
    lab.attempt(1);
    lab.attempt(2, { choice: { ...birds, sizes: [30] } });
    expect(await lab.ended(1)).toEqual({ type: "untried", request: 1 });
    expect((await lab.cardOf(2)).choice.sizes).toEqual([30]);
  });

  it("weighs the test rows anew, and says where no weighing will do", async () => {
    const lab = open();
    lab.attempt(1);
    const card = await lab.cardOf(1);
    lab.handle({ type: "shift", request: 1, shifts: [{ column: "species", value: "puffin", share: 0.5 }] });
    await until(() => lab.last("shifted")?.request === 1);
    const { shifted } = lab.last("shifted")!;
    if ("why" in shifted) throw new Error(shifted.why);
    expect(shifted.words).toContain("50 % with species = puffin");
    expect(shifted.effective).toBeLessThan(100);
    expect(shifted.charts[0]!.arms[0]!.points).not.toEqual(card.charts[0]!.arms[0]!.points);
    lab.handle({ type: "shift", request: 2, shifts: [{ column: "species", value: "ostrich", share: 0.5 }] });
    await until(() => lab.last("shifted")?.request === 2);
    expect(lab.last("shifted")!.shifted).toEqual({ why: expect.stringContaining("No test row") });
  });

  it("refuses in words where there is nothing to test on", async () => {
    for (const [prepared, words] of [
      [preparedOf(0), "No rows are held out"],
      [{ ...preparedOf(0.25), image: {} } as Prepared, "these rows are images"],
    ] as const) {
      const lab = open(prepared);
      lab.attempt(1);
      expect(await lab.ended(1)).toMatchObject({ type: "untried", message: expect.stringContaining(words) });
    }
    const lab = open();
    lab.attempt(1, { choice: { ...birds, kind: "rare", target: "body mass" } });
    expect(await lab.ended(1)).toMatchObject({ message: expect.stringContaining("is none") });
  });
});

describe("the built-in experiments", () => {
  it("are of columns, classes and models that there are, and take no private choices", () => {
    for (const { dataset, choice } of experiments) {
      const column = makeDataset(dataset, dataSeed).table.columns.find(({ name }) => name === choice.target);
      expect(column !== undefined && "codes" in column && column.levels).toContain(choice.positive);
    }
  });
});
