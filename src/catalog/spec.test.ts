import { describe, expect, it } from "vitest";
import { defaultsFor, modelCards } from "./models.ts";
import { parseModelSpec } from "./spec.ts";

describe("a model in one word", () => {
  it.each(modelCards.map(({ id }) => id))("%s alone has its defaults for tables", (id) => {
    expect(parseModelSpec(id)).toEqual({ id, settings: defaultsFor(id, "table") });
  });

  it("takes settings of every kind", () => {
    const { settings } = parseModelSpec("diffusion:process=edm:samplingSteps=50:hidden=64x32");
    expect(settings).toMatchObject({ process: "edm", samplingSteps: 50, hidden: [64, 32] });
    expect(settings["batch"]).toBe(defaultsFor("diffusion", "table")["batch"]);
  });

  it.each([
    ["dall-e", 'no model called "dall-e"'],
    ["gan:colour=red", 'no setting "colour"'],
    ["independent:x=1", "Its settings: none."],
    ["gan:latent", "Noise size must be a number"],
    ["gan:latent=many", "Noise size must be a number"],
    ["gan:loss=hinge", '"loss=hinge" can\'t be set: Loss must be one of'],
    ["diffusion:hidden=64x", "every layer must have between 1 and"],
  ])("refuses %s in words", (text, message) => {
    expect(() => parseModelSpec(text)).toThrow(message);
  });
});
