import { describe, expect, it } from "vitest";
import { classAxes } from "./handedIn.ts";
import { setupFor } from "./setup.ts";

const vae = { ...setupFor("ring"), model: "vae" as const };

describe("what a class handed in", () => {
  it("has an axis for each control in which results differ", () => {
    const axes = classAxes([
      { ...vae, settings: { beta: 0.2, hidden: [8] }, seed: 1 },
      { ...vae, settings: { beta: 2, hidden: [16, 16] }, seed: 1 },
      { ...vae, settings: { beta: 0.2, hidden: [8] }, seed: 4 },
    ]);
    expect(axes.map(({ key, at, names }) => [key, at, names])).toEqual([
      ["s.beta", [0.2, 2, 0.2], undefined],
      ["s.hidden", [1, 0, 1], ["16-16", "8"]],
      ["seed", [1, 1, 4], undefined],
    ]);
  });

  it("compares models by name, and no settings of theirs", () => {
    const axes = classAxes([vae, { ...vae, model: "gan", settings: { latent: 4 } }]);
    expect(axes.map(({ key, names }) => [key, names])).toEqual([["model", ["GAN", "VAE"]]]);
    expect(classAxes([])).toEqual([]);
    expect(classAxes([vae])).toEqual([]);
  });
});
