import { describe, expect, it } from "vitest";
import type { AnalysisEvent, TableSummary } from "../protocol/analysis.ts";
import type { TrainEvent } from "../protocol/train.ts";
import { foldAnalysis, foldTrain, initialState, untrained } from "./fold.ts";
import type { LabState } from "./state.ts";

const summary: TableSummary = {
  name: "birds.csv",
  rows: 400,
  rowsRead: 400,
  columns: [],
  preview: [],
  said: "Read 400 rows in 0.1 s, on this device",
  issues: [],
};
const opened: AnalysisEvent = { type: "opened", request: 1, said: summary.said };
const prepared: AnalysisEvent = {
  type: "prepared",
  data: 1,
  summary,
  trainRows: 320,
  holdoutRows: 80,
  width: 12,
  views: ["pca"],
};
const tell = (state: LabState, ...events: (AnalysisEvent | TrainEvent)[]): LabState =>
  events.reduce(
    (held, event) =>
      ["backend", "started", "state", "progress"].includes(event.type)
        ? foldTrain(held, event as TrainEvent)
        : foldAnalysis(held, event as AnalysisEvent),
    state,
  );
const ready = (): LabState => {
  const state = tell(initialState(), opened, prepared);
  return { ...state, training: untrained(1) };
};

describe("a page's story", () => {
  it("is loading, then ready with the table that was read", () => {
    expect(initialState().phase).toBe("loading");
    const state = ready();
    expect(state.phase).toBe("ready");
    expect(state.data.prepared?.trainRows).toBe(320);
    expect(state.status).toContain("Read 400 rows in 0.1 s, on this device");
  });

  it("keeps the previous table when a file is refused or its reading cancelled", () => {
    const reading = tell(ready(), { type: "reading", request: 2, share: 0.4, rows: 90 });
    expect(reading.data.status).toBe("reading");
    expect(reading.data.summary).toBe(summary);
    const refused = tell(reading, { type: "refused", request: 2, message: "This is a PDF, not a CSV." });
    expect(refused.data.summary).toBe(summary);
    expect(refused.data.status).toBe("ready");
    expect(refused.alert?.message).toBe("This is a PDF, not a CSV.");
    expect(tell(reading, { type: "cancelled", request: 2 }).data.status).toBe("ready");
  });

  it("collects losses, leaving gaps where a curve had no value yet", () => {
    const state = tell(
      ready(),
      { type: "started", run: 1, nets: [], objectives: ["discriminator", "generator"], from: 0 },
      { type: "state", run: 1, state: "training", step: 0 },
      {
        type: "progress",
        run: 1,
        step: 2,
        losses: { steps: [1, 2], values: { discriminator: [3, 2] } },
        elapsed: 1,
        stepsPerSecond: 2,
        orders: { bundle: 1 },
      },
      {
        type: "progress",
        run: 1,
        step: 3,
        losses: { steps: [3], values: { discriminator: [1], generator: [5] } },
        elapsed: 1.5,
        stepsPerSecond: 2,
        orders: { bundle: 1 },
      },
    );
    expect(state.phase).toBe("training");
    expect(state.training.losses.steps).toEqual([1, 2, 3]);
    expect(state.training.losses.values["generator"]).toEqual([NaN, NaN, 5]);
    expect(state.training.losses.version).toBe(2);
  });

  it("ignores the last words of a retired run", () => {
    const state = ready();
    expect(tell(state, { type: "state", run: 0, state: "finished", step: 9 })).toBe(state);
  });

  it("pauses and says why when training diverges", () => {
    const state = tell(ready(), {
      type: "state",
      run: 1,
      state: "diverged",
      step: 40,
      message: "The loss stopped being a number at step 40.",
    });
    expect(state.phase).toBe("paused");
    expect(state.alert?.message).toContain("step 40");
  });

  it("draws frames of the current run and data only", () => {
    const frame = { run: 1, step: 5, view: "pca", points: new Float32Array(2) } as const;
    expect(tell(ready(), { type: "frame", data: 1, frame }).stage.frames.pca?.step).toBe(5);
    expect(tell(ready(), { type: "frame", data: 9, frame }).stage.frames.pca).toBeUndefined();
    expect(
      tell(ready(), { type: "frame", data: 1, frame: { ...frame, run: 0 } }).stage.frames.pca,
    ).toBeUndefined();
  });

  it("gives a look of the time machine its own figures once they are measured, and says whose it has till then", () => {
    const frame = (step: number): AnalysisEvent => ({
      type: "frame",
      data: 1,
      frame: { view: "pca", run: 1, step, points: Float32Array.of(0, 0, 1, 1) },
    });
    const dials = (step: number, value: number): AnalysisEvent => ({
      type: "dials",
      data: 1,
      run: 1,
      step,
      look: {
        rows: 80,
        dials: [
          { name: "shape", label: "Column shapes", sentence: "", measured: { value }, holdout: { value: 1 } },
        ],
      },
    });
    const scored = (step: number, distance: number): AnalysisEvent => ({
      type: "scored",
      data: 1,
      run: 1,
      step,
      distance,
    });
    const waiting = tell(ready(), frame(10), dials(10, 0.5), scored(10, 0.3), frame(20));
    const figures = (state: LabState) =>
      state.training.replay.looks.map(({ step, dials, dialsAt, distance, distanceAt }) => [
        step,
        dials?.[0]?.value,
        dialsAt,
        distance,
        distanceAt,
      ]);
    expect(figures(waiting)).toEqual([
      [10, 0.5, 10, 0.3, 10],
      [20, 0.5, 10, 0.3, 10],
    ]);
    expect(figures(tell(waiting, dials(20, 0.8), scored(20, 0.1)))).toEqual([
      [10, 0.5, 10, 0.3, 10],
      [20, 0.8, 20, 0.1, 20],
    ]);
  });

  it("keeps why training ran away until it goes on", () => {
    const message = "Training diverged by step 9: the loss became not a number.";
    const away = tell(ready(), { type: "state", run: 1, state: "diverged", step: 5, message });
    expect(away).toMatchObject({ phase: "paused", training: { diverged: message, step: 5 } });
    expect(
      tell(away, { type: "state", run: 1, state: "training", step: 5 }).training.diverged,
    ).toBeUndefined();
  });

  it("notes what a look at the rows has shown, and rings for a finding that is still shown", () => {
    const clusters = { clear: true, of: 8, missed: 1, lasting: 1, found: 0, expected: 40, rows: 380 };
    const seen = tell(ready(), { type: "inspected", data: 1, run: 1, step: 60, clusters });
    expect(seen.training.inspected).toEqual({ step: 60, clusters });
    expect(tell(seen, { type: "inspected", data: 1, run: 0, step: 99 }).training.inspected?.step).toBe(60);
    const rings = { type: "rings", data: 1, view: "pca", real: new Float32Array(2), synthetic: new Int32Array(1) } as const; // prettier-ignore
    expect(tell(seen, rings).stage.rings).toEqual({});
    const showing = { ...seen, stage: { ...seen.stage, shown: { kind: "missed" } as const } };
    expect(tell(showing, rings).stage.rings.pca?.real).toHaveLength(2);
    expect(tell(showing, { ...rings, data: 2 }).stage.rings).toEqual({});
  });
});
