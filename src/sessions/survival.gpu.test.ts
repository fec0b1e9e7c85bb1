/** Runs that lose their worker or their device again and again, against the same runs left alone. */
import { describe, expect, it } from "vitest";
import { openGpuBackend } from "../engine/gpu.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "../engine/testing/nodeBackend.ts";
import type { RunConfig } from "../protocol/run.ts";
import { disasters, openLab, type OpenBackend } from "./testing/fragileLab.ts";

const config = (change: Partial<RunConfig>): RunConfig => ({
  model: "vae",
  settings: { hidden: [16], latent: 2, batch: 32 },
  seed: 5,
  budget: { unit: "steps", amount: 240 },
  speed: 1_000, // one step at a time, each with a loss of its own
  ...change,
});

describe("a run whose worker is terminated twenty times", () => {
  const wasm: OpenBackend = () => openNodeBackend("wasm");

  it.each(["vae", "gan", "diffusion"] as const)("goes on as if nothing had happened: %s", async (model) => {
    const settings =
      model === "gan"
        ? { generator: [16], discriminator: [16], latent: 4, batch: 32 }
        : { hidden: [16], batch: 32 };
    const given = config({ model, settings });
    const calm = await openLab(wasm, given);
    await calm.inPhase("finished");
    const lab = await openLab(wasm, given);
    const resumedFrom: number[] = [];
    for (const step of disasters(20, 240, 11)) {
      await lab.atStep(step);
      await lab.goOn();
      resumedFrom.push(lab.state().training.step);
    }
    await lab.inPhase("finished");
    const { losses, step } = lab.state().training;
    expect(step).toBe(240);
    expect(losses.steps).toEqual(Array.from({ length: 240 }, (_, i) => i + 1));
    expect(losses).toMatchObject({ steps: calm.state().training.losses.steps });
    expect(losses.values).toEqual(calm.state().training.losses.values);
    expect(await lab.rows()).toBe(await calm.rows());
    // Checkpoints were met on the way, and none was gone back behind.
    expect(new Set(resumedFrom).size).toBeGreaterThan(4);
    expect(resumedFrom).toEqual(resumedFrom.toSorted((a, b) => a - b));
    calm.close();
    lab.close();
  });

  it("comes back paused or finished, at that very step, with the same rows", async () => {
    const lab = await openLab(wasm, config({ budget: { unit: "steps", amount: 30 } }));
    await lab.atStep(7);
    lab.tell({ type: "pause" });
    await lab.inPhase("paused");
    const { step } = lab.state().training;
    await lab.goOn(true);
    expect(lab.state()).toMatchObject({ phase: "paused", training: { step } });
    lab.tell({ type: "step" });
    await lab.atStep(step + 1);
    await lab.until(() => lab.state().training.kept === step + 1);
    await lab.goOn(true);
    expect(lab.state()).toMatchObject({ phase: "paused", training: { step: step + 1 } });
    lab.tell({ type: "resume" });
    await lab.inPhase("finished");
    const { elapsed } = lab.state().training;
    await lab.goOn(true);
    expect(lab.state()).toMatchObject({ phase: "finished", training: { step: 30, elapsed } });
    expect((await lab.rows()).split("\n")).toHaveLength(22);
    lab.close();
  });

  it("begins again where nothing was kept yet", async () => {
    const lab = await openLab(wasm, config({ budget: { unit: "steps", amount: 5 } }));
    await lab.goOn();
    await lab.inPhase("finished");
    expect(lab.state().training.losses.steps).toEqual([1, 2, 3, 4, 5]);
    lab.close();
  });
});

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: devices destroyed on SwiftShader (${reason}).`);

describe.skipIf(reason !== undefined)("a run whose GPU is destroyed again and again", () => {
  /** Each costs a second or more of compiling: npm test has a few, `LOSSES=20 npx vitest run src/sessions/survival` all. */
  const losses = Number(process.env["LOSSES"] ?? 2);
  const steps = 6 * losses;

  it(
    "goes on as if nothing had happened",
    async () => {
      const gpu: OpenBackend = (onLost) => openDawn("swiftshader", onLost);
      const settings = { hidden: [6], latent: 2, batch: 8 };
      const given = config({ settings, budget: { unit: "steps", amount: steps }, speed: Infinity });
      const calm = await openLab(gpu, given);
      await calm.inPhase("finished");
      const rows = await calm.rows();
      calm.close();
      const lab = await openLab(gpu, given);
      let lost = 0;
      for (const step of disasters(losses, steps, 4)) {
        await lab.atStep(step);
        openGpuBackend()!.device.destroy();
        lost += 1;
        await lab.until(() => lab.words.filter((word) => word === "The GPU was lost.").length === lost);
        await lab.goOn();
      }
      await lab.inPhase("finished");
      const { training } = lab.state();
      expect(training.step).toBe(steps);
      expect(training.losses.steps.at(-1)).toBe(steps);
      const inOrder = [...new Set(training.losses.steps)].toSorted((a, b) => a - b);
      expect(training.losses.steps).toEqual(inOrder);
      expect(training.losses.values["loss"]!.every(Number.isFinite)).toBe(true);
      expect(await lab.rows()).toBe(rows);
      expect(gpuErrors).toEqual([]);
      lab.close();
    },
    240_000 + 10_000 * losses,
  );
});
