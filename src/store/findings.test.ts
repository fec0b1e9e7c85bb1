import { describe, expect, it } from "vitest";
import { findings } from "./findings.ts";
import { emptyStage, untrained } from "./fold.ts";
import { setupFor } from "./setup.ts";
import type { LabState } from "./state.ts";

const curve = (value: number, points = 60): number[] => new Array<number>(points).fill(value);
function state(
  values: Record<string, number[]>,
  change: Partial<LabState["training"]["startedFrom"] & object> = {},
) {
  const startedFrom = { ...setupFor("birds"), ...change };
  const steps = Array.from({ length: 60 }, (_, i) => i);
  return {
    training: { ...untrained(1), startedFrom, losses: { steps, values, version: 1 } },
    stage: emptyStage,
    phase: "training" as const,
  };
}

describe("findings", () => {
  it("see a discriminator that always wins, with the remedy, and none where it has to guess", () => {
    const lost = state({ discriminator: curve(0.05), generator: curve(6) }, { model: "gan" });
    expect(findings(lost)).toMatchObject([
      { id: "discriminator-wins", remedy: { settings: { r1: 5 }, live: false } },
    ]);
    expect(findings(lost)[0]!.evidence).toMatch(/0\.05 .* 6\.0/);
    expect(findings(state({ discriminator: curve(1.2), generator: curve(1) }, { model: "gan" }))).toEqual([]);
    expect(
      findings(state({ discriminator: curve(0.05, 10), generator: curve(6, 10) }, { model: "gan" })),
    ).toEqual([]);
    const critic = { model: "gan", settings: { loss: "wgan-gp" } } as const;
    expect(findings(state({ discriminator: curve(-3), generator: curve(6) }, critic))).toEqual([]);
  });

  it("see latents that say nothing", () => {
    expect(findings(state({ loss: curve(9), KL: curve(0.01) }, { model: "vae" }))).toMatchObject([
      { id: "posterior-collapse", remedy: { settings: { beta: 0.2 } } },
    ]);
    expect(findings(state({ loss: curve(9), KL: curve(4) }, { model: "vae" }))).toEqual([]);
  });

  it("see a category that never comes, and not one that is merely rare", () => {
    const histogram = {
      kind: "category",
      labels: ["Bern", "Chur", "Genf"],
      counts: [900, 90, 10],
      others: 0,
    } as const;
    const shown = (counts: number[]) => ({
      training: untrained(1),
      phase: "training" as const,
      stage: {
        ...emptyStage,
        scenes: { columns: { view: "columns", columns: [{ name: "city", histogram }] } },
        frames: { columns: { run: 1, step: 9, view: "columns", columns: [{ counts, others: 0, distance: 0, missing: 0 }] } }, // prettier-ignore
      } as const,
    });
    expect(findings(shown([400, 0, 0]))).toMatchObject(
      [{ id: "dropped-category", title: "city: Chur is never drawn", evidence: /9\.0 % .* none of 400/ }].map(
        (each) => ({ ...each, evidence: expect.stringMatching(each.evidence) }),
      ),
    );
    expect(findings(shown([360, 40, 0]))).toEqual([]);
  });
});
