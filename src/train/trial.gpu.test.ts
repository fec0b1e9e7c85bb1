import { describe, expect, it } from "vitest";
import { openGpuBackend } from "../engine/gpu.ts";
import { engineMemory } from "../engine/memory.ts";
import { OutOfMemory } from "../engine/room.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "../engine/testing/nodeBackend.ts";
import type { RunConfig } from "../protocol/run.ts";
import { trainer, type Trainer, type TrainerRequest } from "./trainer.ts";
import { onTrial, wordsForNoRoom } from "./trial.ts";

const rows = { values: Float32Array.from({ length: 80 }, (_, i) => Math.sin(i)), rows: 40, width: 2 };
const spans = [0, 1].map((start) => ({
  kind: "numeric" as const,
  start,
  width: 1,
  column: start,
  label: `x${start}`,
}));
const asked = (model: RunConfig["model"], settings: RunConfig["settings"]): TrainerRequest => ({
  spans,
  rows,
  config: { model, settings, seed: 3 },
});

/** There is room for so large a batch and so wide a layer, both by themselves. */
const roomFor =
  (most: (batch: number, widest: number) => boolean) =>
  async ({ config: { settings } }: TrainerRequest): Promise<Trainer> => {
    const widest = Math.max(
      ...Object.values(settings).flatMap((value) => (Array.isArray(value) ? (value as number[]) : [])),
    );
    if (!most(settings["batch"] as number, widest)) throw new OutOfMemory("full");
    return { dispose() {} } as Trainer;
  };

describe("words for want of room", () => {
  const vae = asked("vae", { batch: 2048, hidden: [512, 256] });

  it("name the largest halves that there is room for", async () => {
    const words = await wordsForNoRoom(
      vae,
      roomFor((batch, widest) => batch * widest <= 128 * 512),
    );
    expect(words).toBe(
      "There is not enough memory to train VAE with these settings. " +
        "There would be room with batch size 128, or with hidden layers 32 · 16.",
    );
  });

  it("name one of both where the other would not help, and all nets of a model together", async () => {
    const gan = asked("gan", { batch: 64, generator: [100], discriminator: [200, 50] });
    expect(
      await wordsForNoRoom(
        gan,
        roomFor((_, widest) => widest <= 50),
      ),
    ).toContain("There would be room with generator layers 25 and discriminator layers 50 · 12.");
  });

  it("say so where nothing would help, and leave other errors alone", async () => {
    expect(
      await wordsForNoRoom(
        vae,
        roomFor(() => false),
      ),
    ).toContain("close other tabs");
    await expect(wordsForNoRoom(vae, () => Promise.reject(new Error("lost")))).rejects.toThrow("lost");
  });
});

describe("a trainer on trial", () => {
  it("is back where it began", async () => {
    await openNodeBackend("wasm");
    const small = asked("vae", { hidden: [8], latent: 2, batch: 8 });
    const tried = await onTrial(small);
    const fresh = trainer(small);
    expect(tried.step).toBe(0);
    for (const each of [tried, fresh]) each.advance(undefined, 3);
    expect(await tried.report()).toEqual(await fresh.report());
    for (const each of [tried, fresh]) each.dispose();
    expect(engineMemory().tensors).toBe(0);
  });
});

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: a GPU without room (${reason}).`);

describe.skipIf(reason !== undefined)("a trainer on a GPU that has no room for it", () => {
  it("is refused with the size that there is room for, and leaves nothing behind", async () => {
    await openDawn("swiftshader");
    const { device } = openGpuBackend()!;
    const { createBuffer } = device;
    // What would hold a layer's 16 x 10 numbers is not to be had, and looks like any other buffer.
    device.createBuffer = (wanted) =>
      wanted.size === 4 * 16 * 10
        ? Object.defineProperty(createBuffer.call(device, { ...wanted, size: 2 ** 45 }), "size", {
            value: wanted.size,
          })
        : createBuffer.call(device, wanted);
    const small = asked("vae", { hidden: [10], latent: 2, batch: 16 });
    await expect(onTrial(small)).rejects.toThrow(OutOfMemory);
    expect(await wordsForNoRoom(small)).toContain(
      "There would be room with batch size 8, or with hidden layers 5.",
    );
    expect(engineMemory()).toEqual({ tensors: 0, buffers: 0, programs: 0 });
    device.createBuffer = createBuffer;
    const tried = await onTrial(small);
    tried.advance(undefined, 2);
    expect(Object.values((await tried.report()).losses).every(Number.isFinite)).toBe(true);
    tried.dispose();
    expect(gpuErrors).toEqual([]);
  });
});
