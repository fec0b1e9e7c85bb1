import { describe, expect, it } from "vitest";
import { presets } from "../catalog/presets.ts";
import { defaultSetup, openPair, presetOf, settingsToKeep, setupFor, type Setup } from "./setup.ts";

const column = (type: "number" | "category" | "identifier") => ({ type, include: type !== "identifier" });
const columns = [
  column("identifier"),
  column("category"),
  column("number"),
  column("category"),
  column("number"),
];

describe("the pair view", () => {
  it("begins with the first two numbers, counted among the columns that are learned", () => {
    expect(openPair(defaultSetup, columns)).toEqual([1, 3]);
  });

  it("takes what there is where numbers are few", () => {
    expect(openPair(defaultSetup, columns.slice(0, 4))).toEqual([1, 0]);
    expect(openPair(defaultSetup, [column("category"), column("category")])).toEqual([0, 1]);
    expect(openPair(defaultSetup, [column("number")])).toEqual([0, 0]);
    expect(openPair(defaultSetup, [])).toEqual([0, 0]);
  });

  it("keeps a choice for as long as the table has both columns", () => {
    expect(openPair({ ...defaultSetup, pair: [3, 0] }, columns)).toEqual([3, 0]);
    expect(openPair({ ...defaultSetup, pair: [4, 0] }, columns)).toEqual([1, 3]);
  });
});

describe("a textbook example", () => {
  const example = presets[0]!;
  const setup: Setup = { ...setupFor(example.dataset), model: example.model, settings: example.settings };

  it("is known by its settings, and no longer once one is changed", () => {
    expect(presetOf(setup)).toBe(example);
    expect(presetOf({ ...setup, settings: { ...example.settings, latent: 11 } })).toBeUndefined();
    expect(presetOf(defaultSetup)).toBeUndefined();
  });

  it("leaves its settings behind when other data are opened; a person's own go along", () => {
    expect(settingsToKeep(setup)).toEqual({});
    const own = { latent: 3 };
    expect(settingsToKeep({ ...defaultSetup, settings: own })).toBe(own);
  });
});
