/** A report in the analysis session, its rows made by the test in the train worker's place. */
import { describe, expect, it } from "vitest";
import type { AnalysisCommand, AnalysisEvent } from "../protocol/analysis.ts";
import type { FromTrain, ToTrain } from "../protocol/port.ts";
import { analysisSession } from "./analysis.ts";
import { tick, turnClock, until } from "./testing/turns.ts";

/** A table of two columns that hang together, and a train worker that gives training rows back. */
async function ready() {
  const said: AnalysisEvent[] = [];
  const session = analysisSession({
    post: (event) => void said.push(event),
    rest: tick,
    now: turnClock(20).now,
  });
  const handle = (command: AnalysisCommand): void => session.handle(command);
  const of = <T extends AnalysisEvent["type"]>(type: T) =>
    said.filter((event): event is Extract<AnalysisEvent, { type: T }> => event.type === type);
  const { port1, port2 } = new MessageChannel();
  const heard: ToTrain[] = [];
  let learned: Extract<ToTrain, { type: "rows" }>["encoded"]["train"] | undefined;
  let answers = true;
  const say = (message: FromTrain): void => port2.postMessage(message);
  port2.onmessage = ({ data }: MessageEvent<ToTrain>) => {
    heard.push(data);
    if (data.type === "rows") learned = data.encoded.train;
    if (data.type !== "sample" || !answers) return;
    const { width, values, rows } = learned!;
    const piece = Float32Array.from({ length: data.rows * width }, (_, i) => values[i % (rows * width)]!);
    say({
      type: "sampled",
      request: data.request,
      piece: { values: piece, rows: data.rows, width },
      last: true,
      heeds: undefined,
    });
  };
  handle({ type: "connect", port: port1 });
  const rows = Array.from(
    { length: 150 },
    (_, i) => `${((i * 37) % 150) / 10},${(i * 37) % 150 < 75 ? "low" : "high"}`,
  );
  const text = `size,class\n${rows.join("\n")}\n`;
  handle({
    type: "open",
    request: 1,
    source: { kind: "text", text, name: "sizes.csv" },
    options: { rowLimit: 1_000, seed: 1 },
  });
  await until(() => of("opened").length === 1);
  handle({
    type: "prepare",
    data: 1,
    request: 1,
    options: { missingMarks: [""], columns: {}, holdout: 0.4, seed: 7, numeric: "quantile" },
  });
  await until(() => of("prepared").length === 1);
  await until(() => learned !== undefined);
  const report = (request: number): void =>
    handle({
      type: "report",
      request,
      question: { target: "class", key: [], sensitive: [] },
      seed: 3,
      made: "A test, step 5",
      losses: [],
    });
  /** The training rows as what the model made at a step. */
  const snapshot = (step: number): void => say({ type: "snapshot", run: 1, data: 1, step, rows: learned! });
  return {
    handle,
    of,
    heard,
    report,
    snapshot,
    close: () => port2.close(),
    silence: () => (answers = false),
  };
}

describe("dials", () => {
  it("tell copies by their nearness, and look again when there is time for it", async () => {
    const lab = await ready();
    lab.snapshot(5);
    await until(() => lab.of("dials").length === 1);
    const [{ step, look } = { step: 0, look: undefined }] = lab.of("dials");
    expect([step, look!.rows]).toEqual([5, 90]);
    const figures = Object.fromEntries(look!.dials.map(({ name, measured }) => [name, "value" in measured ? measured.value : measured.why])); // prettier-ignore
    expect(Object.keys(figures)).toEqual(["shape", "trend", "told", "near"]);
    expect(figures["shape"]).toBeGreaterThan(0.95);
    expect(figures["near"]).toBeLessThan(0.2);
    // Sixty rows held out are too few for a mark.
    expect(look!.dials[0]!.holdout).toHaveProperty("why");
    lab.snapshot(6);
    for (let i = 0; i < 30; i++) await tick();
    expect(lab.of("dials")).toHaveLength(1);
    lab.close();
  });
});

describe("a report", () => {
  it("is asked for with a guess that says how, made of rows that the model draws, and saved as a page", async () => {
    const lab = await ready();
    expect(lab.of("prepared")[0]!.question).toMatchObject({ target: "class", said: expect.stringContaining("by its name") }); // prettier-ignore
    lab.report(1);
    await until(() => lab.of("reported").length === 1);
    const { card, request } = lab.of("reported")[0]!;
    expect(request).toBe(1);
    expect(card).toMatchObject({ table: "sizes.csv", made: "A test, step 5", rows: { train: 90, holdout: 60, synthetic: 90 } }); // prettier-ignore
    expect(card.axes.map(({ name }) => name)).toEqual([
      "fidelity",
      "utility",
      "privacy",
      "completeness",
      "stability",
      "model",
    ]);
    // These rows are the training rows.
    const privacy = card.axes[2]!;
    expect(privacy.standing).toBe("close");
    expect(privacy.verdict).toContain("Too close: memorising");
    expect(card.axes[5]!.parts.find(({ name }) => name === "imputation")!.measured).toHaveProperty("why");
    const shares = lab.of("reporting").map(({ share }) => share);
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(lab.of("reporting").some(({ drawing }) => drawing)).toBe(true);

    lab.handle({ type: "saveReport", rows: false });
    const { file, name } = lab.of("reportSaved")[0]!;
    expect(name).toBe("sizes-report.html");
    const page = await file.text();
    expect(page).toContain("<h1>sizes.csv</h1>");
    expect(page).not.toContain("Closest pairs");
    lab.close();
  });

  it("stops where it is cancelled, while rows are drawn and while they are judged", async () => {
    const lab = await ready();
    lab.report(1);
    await until(() => lab.of("reporting").some(({ drawing }) => !drawing));
    lab.handle({ type: "cancelReport", request: 1 });
    expect(lab.of("unreported")).toEqual([{ type: "unreported", request: 1 }]);
    lab.silence();
    lab.report(2);
    await until(() => lab.heard.some((message) => message.type === "sample" && message.request < -2));
    lab.handle({ type: "cancelReport", request: 2 });
    for (let i = 0; i < 30; i++) await tick();
    expect(lab.of("unreported").map(({ request }) => request)).toEqual([1, 2]);
    expect(lab.of("reported")).toEqual([]);
    expect(lab.heard.at(-1)).toMatchObject({ type: "enough" });
    lab.close();
  });

  it("has a download wait for its rows, and not for its judgement", async () => {
    const lab = await ready();
    lab.report(1);
    lab.handle({ type: "download", request: 5, rows: 10, seed: 1, escapeFormulas: false });
    await until(() => lab.of("downloaded").length === 1);
    expect(lab.of("reported")).toEqual([]);
    await until(() => lab.of("reported").length === 1);
    expect(lab.of("undownloaded")).toEqual([]);
    lab.close();
  });

  it("is refused in words where there is no table", () => {
    const said: AnalysisEvent[] = [];
    const session = analysisSession({
      post: (event) => void said.push(event),
      rest: tick,
      now: turnClock().now,
    });
    session.handle({ type: "report", request: 1, question: { key: [], sensitive: [] }, seed: 1, made: "", losses: [] }); // prettier-ignore
    expect(said).toEqual([{ type: "unreported", request: 1, message: expect.stringContaining("no table") }]);
  });
});
