/** The analysis session alone, with the train worker's end of the port in the test's hand. */
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { AnalysisCommand, AnalysisEvent, DataSource } from "../protocol/analysis.ts";
import type { FromTrain, ToTrain } from "../protocol/port.ts";
import { analysisSession } from "./analysis.ts";
import type { Host } from "./host.ts";
import { tick, turnClock, until } from "./testing/turns.ts";

function open(change: Partial<Host<AnalysisEvent>> = {}) {
  const said: AnalysisEvent[] = [];
  const session = analysisSession({
    post: (event) => void said.push(event),
    rest: tick,
    now: turnClock().now,
    ...change,
  });
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    const heard: ToTrain[] = [];
    port2.onmessage = ({ data }: MessageEvent<ToTrain>) => void heard.push(data);
    session.handle({ type: "connect", port: port1 });
    return { heard, say: (message: FromTrain) => port2.postMessage(message), close: () => port2.close() };
  };
  const handle = (command: AnalysisCommand): void => session.handle(command);
  return {
    said,
    connect,
    handle,
    of: <T extends AnalysisEvent["type"]>(type: T) =>
      said.filter((event): event is Extract<AnalysisEvent, { type: T }> => event.type === type),
    read: (request: number, source: DataSource) =>
      handle({ type: "open", request, source, options: { rowLimit: 100_000, seed: 1 } }),
    prepare: (data: number, request: number) =>
      handle({
        type: "prepare",
        data,
        request,
        options: { missingMarks: ["", "NA"], columns: {}, holdout: 0.2, seed: 7, numeric: "quantile" },
      }),
  };
}

const table = (rows: number, name = "a"): string =>
  `${name},b\n${Array.from({ length: rows }, (_, i) => `${(i * 7) % 23},${"xyz"[i % 3]}`).join("\n")}\n`;
const text = (content: string): DataSource => ({ kind: "text", text: content, name: "pasted.csv" });
const files = (...parts: [name: string, bytes: Uint8Array][]): DataSource => ({
  kind: "files",
  files: parts.map(([name, bytes]) => new File([new Uint8Array(bytes)], name)),
});

async function ready() {
  const lab = open();
  const port = lab.connect();
  lab.read(1, text(table(60)));
  await until(() => lab.of("opened").length === 1);
  lab.prepare(1, 1);
  await until(() => lab.of("prepared").length === 1);
  await until(() => port.heard.some(({ type }) => type === "want"));
  return { ...lab, port };
}

describe("the table", () => {
  it("stays the one before until the new one is named, however far its reading has come", async () => {
    const lab = await ready();
    lab.read(2, text(table(30, "other")));
    await until(() => lab.of("opened").length === 2);
    lab.read(3, text(""));
    await until(() => lab.of("refused").length === 1);
    lab.prepare(2, 1);
    await until(() => lab.of("prepared").length === 2);
    expect(lab.of("prepared")[1]!.summary.columns[0]!.name).toBe("a");
    expect(lab.of("prepared")[1]!.summary.rows).toBe(60);
    lab.port.close();
  });

  it("is prepared once for a burst of wishes, the last one", async () => {
    const lab = await ready();
    for (let data = 2; data < 12; data++) lab.prepare(data, 1);
    await until(() => lab.of("prepared").length === 2);
    for (let i = 0; i < 10; i++) await tick();
    expect(lab.of("prepared").map(({ data }) => data)).toEqual([1, 11]);
    lab.port.close();
  });

  it("answers a wish that can't be fulfilled, so that nobody waits for ever", async () => {
    const lab = await ready();
    lab.prepare(2, 99);
    await until(() => lab.of("unprepared").length === 1);
    expect(lab.of("unprepared")[0]).toMatchObject({ data: 2, message: expect.stringMatching(/again/) });
    lab.port.close();
  });

  it("lets messages in between the columns of a wide one", async () => {
    let rests = 0;
    let now = 0;
    const lab = open({ rest: () => tick().then(() => void rests++), now: () => (now += 100) });
    const wide = `${Array.from({ length: 40 }, (_, i) => `c${i}`).join(",")}\n`;
    lab.read(1, text(wide + `${Array.from({ length: 40 }, (_, i) => i % 7).join(",")}\n1,2\n`.repeat(9)));
    await until(() => lab.of("opened").length === 1);
    const before = rests;
    lab.prepare(1, 1);
    await until(() => lab.of("prepared").length === 1);
    // Once for typing a column, once for fitting each that is switched on.
    const { columns } = lab.of("prepared")[0]!.summary;
    expect(rests - before).toBeGreaterThanOrEqual(40 + columns.filter(({ include }) => include).length);
  });

  it("lets a cancel in while a long paste is read", async () => {
    const lab = open();
    lab.read(1, text(table(900_000)));
    await tick();
    await tick();
    lab.handle({ type: "cancel", request: 1 });
    await until(() => lab.of("cancelled").length === 1);
    expect(lab.of("opened")).toEqual([]);
  });
});

describe("packed files", () => {
  const gzip = (content: string | Uint8Array): Uint8Array => gzipSync(content);

  it("are read as what they hold", async () => {
    const lab = open();
    lab.read(1, files(["rows.csv.gz", gzip(table(50))]));
    await until(() => lab.of("opened").length === 1);
    lab.prepare(1, 1);
    await until(() => lab.of("prepared").length === 1);
    expect(lab.of("prepared")[0]!.summary).toMatchObject({ name: "rows.csv", rows: 50 });
  });

  it("may be images", async () => {
    const images = new Uint8Array(16 + 4 * 64).map((_, i) => (i < 16 ? 0 : (i * 37) % 256));
    images.set([0, 0, 8, 3, 0, 0, 0, 4, 0, 0, 0, 8, 0, 0, 0, 8]);
    const lab = open();
    lab.read(1, files(["t10k-images-idx3-ubyte.gz", gzip(images)]));
    await until(() => lab.said.length > 0);
    lab.prepare(1, 1);
    await until(() => lab.of("prepared").length === 1);
    expect(lab.of("prepared")[0]!.summary).toMatchObject({ rows: 4, image: { width: 8, height: 8 } });
  });

  it.each([
    ["cut off", gzip(table(5_000)).subarray(0, -30), /damaged, cut off/],
    ["damaged", Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 1, 2, 3), /damaged/],
    ["empty inside", gzip(""), /empty/],
    ["packed twice", gzip(gzip(table(50))), /gzip archive/],
  ])("that are %s are refused in words", async (_, bytes, words) => {
    const lab = open();
    lab.read(1, files(["x.csv.gz", bytes]));
    await until(() => lab.of("refused").length === 1);
    expect(lab.of("refused")[0]!.message).toMatch(words);
  });
});

describe("the port", () => {
  it("asks again where a snapshot is of rows that are gone", async () => {
    const { port, ...lab } = await ready();
    lab.prepare(2, 1);
    await until(() => lab.of("prepared").length === 2);
    const wants = (): number => port.heard.filter(({ type }) => type === "want").length;
    await until(() => wants() === 2);
    const rows = { values: new Float32Array(3), rows: 1, width: 3 };
    port.say({ type: "snapshot", run: 1, data: 1, step: 5, rows });
    await until(() => wants() === 3);
    expect(lab.of("frame")).toEqual([]);
    port.close();
  });

  it("says that a download is lost with the worker that made it, and that none is waited for", async () => {
    const { port, ...lab } = await ready();
    lab.handle({ type: "download", request: 4, rows: 50, seed: 1, escapeFormulas: false });
    await until(() => port.heard.some(({ type }) => type === "sample"));
    const fresh = lab.connect();
    expect(lab.of("undownloaded")).toMatchObject([{ request: 4 }]);
    await until(() => fresh.heard.some(({ type }) => type === "rows"));
    fresh.close();
    port.close();
  });

  it("calls a download off when its table goes", async () => {
    const { port, ...lab } = await ready();
    lab.handle({ type: "download", request: 4, rows: 50, seed: 1, escapeFormulas: false });
    lab.prepare(2, 1);
    await until(() => port.heard.some(({ type }) => type === "enough"));
    expect(port.heard.find(({ type }) => type === "enough")).toEqual({ type: "enough", request: 4 });
    port.close();
  });
});
