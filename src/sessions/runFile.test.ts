import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { makeDataset } from "../datasets/builtin.ts";
import { fitEncoder, type EncoderState } from "../encode/encoder.ts";
import type { NumericScaling } from "../encode/numeric.ts";
import { readRun, RunRefusal, writeRun, type SavedRun } from "./runFile.ts";

/** What birds or loans are fitted to: categories, numbers with gaps and atoms, dates. */
function encoderOf(id: "birds" | "loans", numeric: NumericScaling): EncoderState {
  const { table } = makeDataset(id, 1);
  return fitEncoder(
    table,
    Int32Array.from({ length: 300 }, (_, i) => i),
    { numeric },
  ).state;
}

const saved: SavedRun = {
  model: "gan",
  settings: { latent: 4, loss: "wgan-gp", generator: [8, 8] },
  seed: 7,
  step: 12,
  rows: 400,
  delimiter: ";",
  encoder: encoderOf("birds", "quantile"),
  state: {
    weights: [new Float32Array([1.5, -0.1, 3e-45, 3.4e38])],
    fitted: { list: [1 / 3, "a", null, true] },
  },
};

describe("a saved run", () => {
  it("comes back as it was, to the last bit", () => {
    expect(readRun(writeRun(saved))).toEqual(saved);
    fc.assert(
      fc.property(fc.float32Array({ noNaN: true, noDefaultInfinity: true, maxLength: 40 }), (weights) => {
        const state = { weights: [weights], fitted: weights };
        const back = readRun(writeRun({ ...saved, state })).state;
        expect(back.weights[0]).toEqual(weights);
        expect(back.fitted).toEqual(weights);
      }),
    );
  });

  it("holds many numbers", () => {
    const weights = Float32Array.from({ length: 100_000 }, (_, i) => Math.sin(i));
    const { state } = readRun(writeRun({ ...saved, state: { weights: [weights], fitted: null } }));
    expect(state.weights[0]).toEqual(weights);
  });

  it.each(["quantile", "standard", "minmax", "none"] as const)(
    "knows every column, numbers by %s",
    (numeric) => {
      for (const id of ["birds", "loans"] as const) {
        const encoder = encoderOf(id, numeric);
        expect(readRun(writeRun({ ...saved, encoder })).encoder).toEqual(encoder);
      }
    },
  );

  const text = writeRun(saved);
  it.each([
    ["nothing", "", "is no saved run, or only a part of one"],
    ["a part", text.slice(0, 900), "is no saved run, or only a part of one"],
    ["a CSV", "a,b\n1,2\n", "is no saved run, or only a part of one"],
    ["other JSON", '{"x":1}', "is JSON, but no run that Likeness saved."],
    ["null", "null", "is JSON, but no run that Likeness saved."],
    ["a list", "[1]", "is JSON, but no run that Likeness saved."],
    [
      "a newer one",
      text.replace('"likeness":1', '"likeness":2'),
      "saved by a newer Likeness (format 2; this one",
    ],
    ["an unknown model", text.replace('"gan"', '"gpt"'), "is damaged at model:"],
    ["broken base64", text.replace('"float32":"', '"float32":"~'), "is no saved run, or only a part of one"],
    ["a part of a number", text.replace(/"float32":"[^"]*"/u, '"float32":"AAAA"'), "only a part of one"],
    [
      "no number",
      text.replace(/"float32":"[^"]*"/u, '"float32":"AADAfw=="'),
      "is damaged at state.weights.0:",
    ],
    ["no rows", text.replace('"rows":400', '"rows":0'), "is damaged at rows:"],
    ["uncounted levels", text.replace(/"counts":\[\d+,/u, '"counts":['), "is damaged at encoder.columns."],
  ])("refuses %s in one sentence", (_, given, message) => {
    expect(() => readRun(given)).toThrow(RunRefusal);
    expect(() => readRun(given)).toThrow(message);
    expect(() => readRun(given)).not.toThrow(/\n/u);
  });

  it("takes a run that was saved before there was a setting for what it was then", () => {
    const vae = { ...saved, model: "vae", settings: { latent: 4 } } as const;
    const now = JSON.parse(writeRun(vae)) as { settings: Record<string, unknown> };
    expect(now.settings).toEqual({ latent: 4, components: 64 });
    delete now.settings["components"];
    expect(readRun(JSON.stringify(now)).settings).toEqual({ latent: 4, components: 1 });
  });
});
