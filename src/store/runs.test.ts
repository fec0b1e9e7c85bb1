import { describe, expect, it } from "vitest";
import { differences, fits, friendlyName, noted, sorted, type RunRecord } from "./runs.ts";
import { setupFor } from "./setup.ts";

const run = (id: string, change: Partial<RunRecord> = {}): RunRecord => ({
  id,
  name: id,
  pinned: false,
  began: 0,
  table: "Birds",
  setup: setupFor("birds"),
  step: 100,
  elapsed: 1,
  backend: "wasm",
  losses: { steps: [], curves: [] },
  packed: "",
  ...change,
});

describe("runs", () => {
  it("get names of two words that no other has", () => {
    const taken: string[] = [];
    for (let seed = 0; seed < 700; seed++) taken.push(friendlyName(taken, seed % 3));
    expect(new Set(taken).size).toBe(700);
    expect(taken[0]).toMatch(/^[a-z]+ [a-z]+$/);
  });

  it("take their own place when they are noted again, else the first", () => {
    const two = noted([run("a")], run("b"));
    expect(two.map(({ id }) => id)).toEqual(["b", "a"]);
    expect(noted(two, run("a", { step: 7 })).map(({ step }) => step)).toEqual([100, 7]);
  });

  it("say what differs from a baseline, and nothing else", () => {
    const base = run("base");
    expect(differences(run("same"), base)).toEqual([]);
    const { setup } = base;
    const other = run("other", {
      setup: { ...setup, seed: 8, settings: { learningRate: 0.5 }, budget: { unit: "seconds", amount: 30 } },
    });
    expect(differences(other, base)).toEqual(["learning rate 0.5", "seed 8", "30 seconds"]);
    const ring = run("ring", { setup: { ...setupFor("ring"), model: "gan" }, table: "Ring of 8" });
    expect(differences(ring, base)).toEqual(["Ring of 8", "GAN", "numbers standard"]);
  });

  it("are sorted with pinned ones first and those without the figure last", () => {
    const all = [
      run("far", { distance: 0.5 }),
      run("none"),
      run("near", { distance: 0.1 }),
      run("pinned", { pinned: true, distance: 0.9 }),
    ];
    const ids = (up: boolean) => sorted(all, "distance", up).map(({ id }) => id);
    expect(ids(true)).toEqual(["pinned", "near", "far", "none"]);
    expect(ids(false)).toEqual(["pinned", "far", "near", "none"]);
    expect(sorted(all, "name", true).map(({ id }) => id)).toEqual(["pinned", "far", "near", "none"]);
  });

  it("are found by words of their name, model, data and differences", () => {
    const base = run("base");
    const gan = run("quiet heron", { setup: { ...setupFor("ring"), model: "gan", seed: 9 }, table: "Ring" });
    expect(fits(gan, "heron GAN", base)).toBe(true);
    expect(fits(gan, "seed 9", base)).toBe(true);
    expect(fits(gan, "heron vae", base)).toBe(false);
    expect(fits(gan, "", base)).toBe(true);
  });
});
