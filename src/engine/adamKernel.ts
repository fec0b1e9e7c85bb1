/**
 * Adam on WebGPU, in place and recordable: one kernel moves the corrections on,
 * one moves all weights. A bound on the gradient's norm takes one more: sums of
 * squares in up to 64 parts, which the first of the two adds up.
 */
import type { Counter } from "./capture.ts";
import { differentiate, epsilon } from "./descent.ts";
import type { Adam, AdamSettings } from "./descent.ts";
import { gatherWeights, perWeightWgsl, placeWgsl } from "./flat.ts";
import { groupsFor, overwrite, runKernel, threadWgsl } from "./gpu.ts";
import type { GpuBackend } from "./gpu.ts";
import { pack } from "./pack.ts";
import { tensor1d, tensorFrom, tidy, zeros } from "./tf.ts";
import type { Tensor1D, Variable } from "./tf.ts";

/** What the kernels are told: 1 - β₁ᵗ and 1 - β₂ᵗ, which they keep up themselves, α, β₁, β₂, and g's factor. */
const stateWgsl = /* wgsl */ `struct State { c1: f32, c2: f32, rate: f32, beta1: f32, beta2: f32, clip: f32 }`;
const rateAt = 2;

/** 1 - βᵗ⁺¹ = β (1 - βᵗ) + (1 - β): exact enough from the first step on, as 1 - pow(β, t) is not in 32 bits. */
const correctWgsl = /* wgsl */ `
  state.c1 = state.c1 * state.beta1 + (1.0 - state.beta1);
  state.c2 = state.c2 * state.beta2 + (1.0 - state.beta2);`;

const tickCode = /* wgsl */ `
${stateWgsl}
@group(0) @binding(0) var<storage, read_write> state: State;
@compute @workgroup_size(1) fn main() {${correctWgsl}
}`;

const partsOf = (size: number): number => Math.min(64, Math.ceil(size / 1024));

/** Sums of g², each workgroup's its own, always in the same order. */
const squaresCode = (size: number): string => /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> parts: array<f32>;
@group(0) @binding(1) var<storage, read> gradient: array<f32>;
var<workgroup> sums: array<f32, 256>;
@compute @workgroup_size(256)
fn main(@builtin(local_invocation_index) at: u32, @builtin(workgroup_id) group: vec3u) {
  var total = 0.0;
  for (var i = group.x * 256u + at; i < ${size}u; i += ${256 * partsOf(size)}u) {
    total += gradient[i] * gradient[i];
  }
  sums[at] = total;
  workgroupBarrier();
  for (var half = 128u; half > 0u; half /= 2u) {
    if (at < half) { sums[at] += sums[at + half]; }
    workgroupBarrier();
  }
  if (at == 0u) { parts[group.x] = sums[0]; }
}`;

/** The tick, and min(1, maxNorm / ‖g‖): algorithm 1 of Pascanu et al. */
const clippedTickCode = (size: number, maxNorm: number): string => /* wgsl */ `
${stateWgsl}
@group(0) @binding(0) var<storage, read_write> state: State;
@group(0) @binding(1) var<storage, read> parts: array<f32>;
@compute @workgroup_size(1) fn main() {${correctWgsl}
  var squares = 0.0;
  for (var k = 0u; k < ${partsOf(size)}u; k++) { squares += parts[k]; }
  state.clip = f32(${maxNorm}) / max(sqrt(squares), f32(${maxNorm}));
}`;

interface Terms {
  readonly clips: boolean;
  readonly l2: boolean;
  readonly decays: boolean;
}

/** @param functions `place`, and `l2` and `decay` where they are asked for. */
const stepCode = (size: number, functions: string, { clips, l2, decays }: Terms): string => /* wgsl */ `
${stateWgsl}
@group(0) @binding(0) var<storage, read_write> theta: array<f32>;
@group(0) @binding(1) var<storage, read_write> first: array<f32>;
@group(0) @binding(2) var<storage, read_write> second: array<f32>;
@group(0) @binding(3) var<storage, read> gradient: array<f32>;
@group(0) @binding(4) var<storage, read> state: State;
${functions}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size)}
  let at = place(i);
  let old = theta[at];
  let g = gradient[i]${clips ? " * state.clip" : ""}${l2 ? " + l2(i) * old" : ""};
  let m = first[i] * state.beta1 + g;
  let v = second[i] * state.beta2 + g * g;
  first[i] = m;
  second[i] = v;
  let c = sqrt((1.0 - state.beta2) / state.c2);
  let scale = state.rate * (1.0 - state.beta1) / state.c1 / c;
  theta[at] = old${decays ? " * (1.0 - state.rate * decay(i))" : ""} - scale * m / (sqrt(v) + ${epsilon} / c);
}`;

/** An optimizer for `weights`, which it moves into one buffer, updates in place and does not own. */
export function adamByKernel(gpu: GpuBackend, weights: readonly Variable[], settings: AdamSettings): Adam {
  const { beta1, beta2, learningRate, maxNorm } = settings;
  const size = weights.reduce((sum, weight) => sum + weight.size, 0);
  const theta = tensorFrom(gatherWeights(gpu, weights));
  const first: Tensor1D = zeros([size]);
  const second: Tensor1D = zeros([size]);
  const state = tensor1d([0, 0, learningRate, beta1, beta2, 1]);
  const terms: Terms = {
    clips: maxNorm < Infinity,
    l2: settings.l2.some(Boolean),
    decays: settings.weightDecay.some(Boolean),
  };
  const functions = [
    placeWgsl(gpu, weights),
    terms.l2 ? perWeightWgsl("l2", weights, settings.l2) : "",
    terms.decays ? perWeightWgsl("decay", weights, settings.weightDecay) : "",
  ].join("\n");
  const code = stepCode(size, functions, terms);
  const steps: Counter = { value: 0 };
  let rate = learningRate;
  return {
    get learningRate() {
      return rate;
    },
    set learningRate(value) {
      rate = value;
      overwrite(gpu, state, new Float32Array([value]), rateAt);
    },
    steps,
    minimize(loss) {
      steps.value++;
      return tidy(() => {
        const { value, gradients } = differentiate(loss, weights);
        const g = pack(gradients);
        if (terms.clips) {
          const parts = tensorFrom(gpu.makeTensorInfo([partsOf(size)], "float32"));
          runKernel(gpu, { code: squaresCode(size), tensors: [parts, g], groups: [partsOf(size)] });
          runKernel(gpu, { code: clippedTickCode(size, maxNorm), tensors: [state, parts], groups: [1] });
        } else runKernel(gpu, { code: tickCode, tensors: [state], groups: [1] });
        runKernel(gpu, { code, tensors: [theta, first, second, g, state], groups: groupsFor(size) });
        return value;
      });
    },
    // The corrections as the kernel has counted them: computed anew they would differ in the last digit.
    tensors: () => [...weights, first, second, state],
    count: () => steps.value,
    restore(values, count) {
      const held = [...weights, first, second];
      held.forEach((tensor, i) => overwrite(gpu, tensor, values[i]!));
      // Other backends keep none.
      const corrections = values[held.length]?.slice(0, rateAt);
      overwrite(gpu, state, corrections ?? new Float32Array([1 - beta1 ** count, 1 - beta2 ** count]));
      steps.value = count;
    },
    dispose() {
      for (const tensor of [theta, first, second, state]) tensor.dispose();
    },
  };
}
