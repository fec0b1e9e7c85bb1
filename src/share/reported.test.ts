/** What a result tells of a quality report: its axes, of the rows as they stand and of no others. */
import { expect, it } from "vitest";
import type { ReportCard } from "../protocol/report.ts";
import { initialState } from "../store/fold.ts";
import { setupFor } from "../store/setup.ts";
import type { LabState } from "../store/state.ts";
import { resultOf } from "./resultOf.ts";
import { readResult, writeResult } from "./resultText.ts";

const none = { why: "There is none." };
const beside = (value: number) => ({
  measured: { value },
  holdout: { value: 0.98 },
  independent: none,
  copy: none,
  label: "",
  sentence: "",
});
const card = {
  axes: [
    { ...beside(0.81234), name: "fidelity", parts: [{ ...beside(1.02), name: "indistinguishable" }] },
    { ...beside(0), measured: none, name: "privacy", parts: [] },
  ],
} as unknown as ReportCard;

function lab(of: { run: number; step: number } | undefined): LabState {
  const state = initialState(setupFor("ring"));
  const summary = { name: "Ring", rows: 9, rowsRead: 9, columns: [], preview: [], said: "", issues: [] };
  const prepared = { data: 1, trainRows: 8, holdoutRows: 1, width: 2, views: [] };
  return {
    ...state,
    data: { status: "ready", reading: undefined, summary, prepared },
    training: { ...state.training, run: 3, step: 50, startedFrom: state.setup },
    report: { ...state.report, card, of },
  };
}
const told = { names: true, categories: true };

it("tells the axes that have a figure, and how well the rows were told apart, there and back", async () => {
  const result = resultOf(lab({ run: 3, step: 50 }), told)!;
  const { result: read } = await readResult(await writeResult(result));
  expect(read.runs[0]!.axes).toEqual([{ axis: "fidelity", score: 0.812, holdout: 0.98 }]);
  expect(read.runs[0]!.trilemma).toEqual({ quality: 1 });
});

it("tells nothing of a report on other rows", () => {
  for (const of of [undefined, { run: 2, step: 50 }, { run: 3, step: 40 }])
    expect(resultOf(lab(of), told)!.runs[0]).toMatchObject({ axes: [] });
});
