import { describe, expect, it } from "vitest";
import { openGpuBackend } from "./gpu.ts";
import { stopwatch } from "./stopwatch.ts";
import { gpuErrors, openDawn, whyNoLlvmpipe } from "./testing/nodeBackend.ts";

/** A pass of a kernel that goes round so often. */
async function timed(rounds: number): Promise<number | undefined> {
  const { device } = openGpuBackend()!;
  const watch = stopwatch(device)!;
  const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  var x = f32(id.x);
  for (var i = 0u; i < ${rounds}u; i++) { x = sin(x); }
  out[id.x] = x;
}`;
  const pipeline = device.createComputePipeline({
    layout: "auto",
    compute: { module: device.createShaderModule({ code }) },
  });
  const buffer = device.createBuffer({ size: 4 * 1024, usage: GPUBufferUsage.STORAGE });
  const group = device.createBindGroup({
    layout: pipeline.getBindGroupLayout(0),
    entries: [{ binding: 0, resource: { buffer } }],
  });
  const run = (): Promise<number | undefined> => {
    const encoder = device.createCommandEncoder();
    const under = watch.begin()!;
    const pass = encoder.beginComputePass({ timestampWrites: under.timestampWrites });
    pass.setPipeline(pipeline);
    pass.setBindGroup(0, group);
    pass.dispatchWorkgroups(16);
    pass.end();
    under.done(encoder);
    device.queue.submit([encoder.finish()]);
    return under.read();
  };
  await run();
  const taken = await run();
  watch.dispose();
  buffer.destroy();
  return taken;
}

describe("a stopwatch", () => {
  it("has four places, each free again when it was read, and gives no time that makes no sense", async () => {
    await openDawn("null");
    const watch = stopwatch(openGpuBackend()!.device)!;
    const taken = Array.from({ length: 4 }, () => watch.begin()!);
    expect(watch.begin()).toBeUndefined();
    // The null device writes no times.
    expect(await taken[0]!.read()).toBeUndefined();
    expect(watch.begin()).toBeDefined();
    watch.dispose();
    expect(gpuErrors).toEqual([]);
  });
});

const missing = whyNoLlvmpipe();
if (missing !== undefined) console.log(`Skipped: a stopwatch on a device that computes (${missing}).`);

describe.skipIf(missing !== undefined)("a stopwatch on llvmpipe", () => {
  it("tells more work from less", async () => {
    await openDawn("llvmpipe");
    const [little, much] = [await timed(200), await timed(200_000)];
    expect(much).toBeGreaterThan(1);
    expect(much!).toBeGreaterThan(5 * (little ?? 0));
    expect(gpuErrors).toEqual([]);
  });
});
