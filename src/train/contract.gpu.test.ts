/**
 * What every model promises on a GPU: the same losses as elsewhere, recorded or not. SwiftShader computes it, which needs
 * both cores of a small machine.
 */
import { beforeAll, describe, expect, it, vi } from "vitest";
import type { ModelId } from "../catalog/card.ts";
import type { Settings } from "../catalog/setting.ts";
import { Refusal } from "../engine/recorder.ts";
import { gpuErrors, openDawn, openNodeBackend, whyNoSwiftShader } from "../engine/testing/nodeBackend.ts";
import { sampler } from "./sampler.ts";
import { gather, mixedSpans, open, tiny, trained } from "./testing/contract.ts";
import type { Case } from "./testing/contract.ts";
import type { Trainer } from "./trainer.ts";

/** While set, no step is recorded: what a recording is compared with. */
const eagerly = vi.hoisted(() => ({ on: false }));
vi.mock(import("../engine/capture.ts"), async (original) => {
  const real = await original();
  const capture: typeof real.capture = (...given) => {
    if (eagerly.on) throw new Refusal("kept from it");
    return real.capture(...given);
  };
  return { ...real, capture };
});

function modelObjectives(model: ModelId, settings: Settings, pictures: boolean): readonly string[] {
  const t = open(model, settings, 1, pictures);
  t.dispose();
  return t.objectives;
}

const reason = whyNoSwiftShader();
if (reason !== undefined) console.log(`Skipped: WebGPU against wasm and cpu (${reason}).`);
describe.skipIf(reason !== undefined)("through SwiftShader", () => {
  // A software GPU compiles each layer for seconds: a discriminator with its penalty and a net with skips hold all there is.
  const shown = trained.filter(({ name, pictures }) => pictures !== true || /^(gan|diffusion) /.test(name));
  const small = ({ model, settings, pictures = false }: Case): Settings => ({
    ...settings,
    batch: 8,
    ...(["gan", "ctgan", "ddgan"].includes(model)
      ? { generator: [6], discriminator: [6], criticSteps: 1 }
      : { hidden: [6] }),
    ...(pictures && { channels: [2] }),
  });
  /** Each objective's loss on the first weights, and that two more steps move it. */
  const first = async (each: Case): Promise<Record<string, number>> => {
    const losses: Record<string, number> = {};
    const begin = (): Trainer => open(each.model, small(each), 4, each.pictures);
    for (const name of modelObjectives(each.model, small(each), each.pictures ?? false)) {
      const t = begin();
      t.advance(name);
      Object.assign(losses, (await t.report()).losses);
      for (let i = 0; i < 2; i++) t.advance(name);
      expect((await t.report()).losses[name]).not.toBe(losses[name]);
      t.dispose();
    }
    return losses;
  };

  /** First losses by case, on plain JavaScript and on WASM. */
  const known = new Map<Case, Record<string, number>[]>(shown.map((each) => [each, []]));
  // All on one device, opened last: what one test has compiled, the next need not.
  beforeAll(async () => {
    for (const backend of ["cpu", "wasm"] as const) {
      await openNodeBackend(backend);
      for (const each of shown) known.get(each)!.push(await first(each));
    }
    await openDawn("swiftshader");
  });

  it.each(shown)("$name: first losses agree with wasm and cpu, and a few steps change them", async (each) => {
    const gpu = await first(each);
    expect(gpuErrors).toEqual([]);
    const [cpu, wasm] = known.get(each)!;
    for (const [curve, value] of Object.entries(cpu!))
      for (const other of [wasm![curve]!, gpu[curve]!])
        expect(Math.abs(other - value)).toBeLessThanOrEqual(1e-4 * Math.abs(value));
  });

  it.each([0, 0.9])("makes the same rows from its state, with an average of %d", async (average) => {
    const config = {
      model: "gan",
      settings: { ...tiny.gan, generator: [6], discriminator: [6], batch: 8, average },
      seed: 1,
    } as const;
    const t = open(config.model, config.settings);
    t.advance(undefined, 4);
    expect(t.replays).toBe(true);
    const state = await t.state();
    const s = sampler({ spans: mixedSpans, width: 7, config, state });
    expect(await gather(s.sample(5, 4))).toEqual(await gather(t.sample(5, 4)));
    // Going on changes the trainer's rows alone.
    const rows = await gather(s.sample(5, 4));
    t.advance(undefined, 4);
    expect(await gather(t.sample(5, 4))).not.toEqual(rows);
    expect(await gather(s.sample(5, 4))).toEqual(rows);
    expect(gpuErrors).toEqual([]);
    s.dispose();
    t.dispose();
  });

  it("averages weights from the middle of a run on", async () => {
    const gan = { ...tiny.gan, generator: [6], discriminator: [6], batch: 8, average: 0 };
    const [plain, t] = [open("gan", gan), open("gan", gan)];
    for (const each of [plain, t]) each.advance(undefined, 3);
    t.tune("average", 0.9);
    expect(await gather(t.sample(5, 4))).toEqual(await gather(plain.sample(5, 4)));
    for (const each of [plain, t]) each.advance(undefined, 4);
    expect(t.replays).toBe(true);
    expect(await gather(t.sample(5, 4))).not.toEqual(await gather(plain.sample(5, 4)));
    t.tune("average", 0);
    for (const each of [plain, t]) each.advance(undefined, 2);
    expect(await gather(t.sample(5, 4))).toEqual(await gather(plain.sample(5, 4)));
    expect(gpuErrors).toEqual([]);
    for (const each of [plain, t]) each.dispose();
  });

  it.each(shown.filter(({ fifty }) => fifty !== false))(
    "$name: fifty recorded steps have the losses of the steps themselves",
    async (each) => {
      const begin = (): Trainer => open(each.model, small(each), 4, each.pictures);
      const [recorded, eager] = [begin(), begin()];
      /** Losses after each of fifty steps: thirty alone, then four bundles of five. */
      const bundles = [...Array.from({ length: 30 }, () => 1), 5, 5, 5, 5];
      const curve = async (t: Trainer): Promise<Readonly<Record<string, number>>[]> => {
        const reports = [];
        for (const times of bundles) {
          t.advance(undefined, times);
          reports.push((await t.report()).losses);
        }
        return reports;
      };
      eagerly.on = true;
      const want = await curve(eager).finally(() => (eagerly.on = false));
      const got = await curve(recorded);
      expect(eager.refusal).toBe("kept from it");
      expect(recorded.replays).toBe(true);
      expect([recorded.step, eager.step]).toEqual([50, 50]);
      want.forEach((losses, i) => {
        expect(Object.keys(losses).toSorted()).toEqual(recorded.curves.toSorted());
        for (const [name, value] of Object.entries(losses))
          expect(Math.abs(got[i]![name]! - value)).toBeLessThanOrEqual(1e-5 * Math.abs(value));
      });
      expect((await recorded.snapshot(5)).values).toEqual((await eager.snapshot(5)).values);

      // A checkpoint is the same place in the stream of batches and noise, too.
      const kept = await recorded.checkpoint();
      recorded.advance();
      const after = await recorded.report();
      recorded.restore(kept);
      recorded.advance();
      expect(await recorded.report()).toEqual(after);
      expect(gpuErrors).toEqual([]);
      recorded.dispose();
      eager.dispose();
    },
  );
});
