/**
 * The two halves of a convolution that are not a product (im2col and col2im: K. Chellapilla, S. Puri, P. Simard, High
 * Performance Convolutional Neural Networks for Document Processing, 2006).
 *
 *   a convolution             = dense ∘ patches: the window under each position of the kernel, side by side, as a row;
 *   a transposed convolution  = unpatch ∘ dense: each window added up where it came from.
 *
 * Both are linear and each is the other's transpose, hence the other's gradient: derivatives of any order come from
 * registering that, gradient penalties included. Rows stay [n, width], so that nothing of the rest need know of images.
 */
import { registerGradient, registerKernel } from "@tensorflow/tfjs-core";
import type { KernelBackend, NamedTensorInfoMap, Tensor, Tensor2D, TensorInfo } from "@tensorflow/tfjs-core";
import { groupsFor, runKernel, threadWgsl } from "../gpu.ts";
import { patchesShape, unpatchShape } from "../patchForm.ts";
import type { PatchForm } from "../patchForm.ts";
import { define, run } from "./operation.ts";

/** x [n, width of the form] to [n · positions², patch]. */
export const patches = (x: Tensor2D, form: PatchForm): Tensor2D =>
  run("Patches", { x }, { form }) as Tensor2D;

/** The reverse, added up where patches overlap: [n · positions², patch] to [n, width of the form], 0 between pictures. */
export const unpatch = (x: Tensor2D, form: PatchForm): Tensor2D =>
  run("Unpatch", { x }, { form }) as Tensor2D;

/** In plain JavaScript: for the CPU backend, and for WASM where ours can't run. */
function onHost(
  name: string,
  shapeOf: (x: TensorInfo, form: PatchForm) => [number, number],
  move: (given: Float32Array, out: Float32Array, inRow: number, inPatches: number) => void,
): void {
  for (const backendName of ["cpu", "wasm"])
    registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const { x } = inputs as NamedTensorInfoMap & { x: TensorInfo };
        const { form } = attrs as unknown as { form: PatchForm };
        const host = backend as KernelBackend;
        const pieces = host.readSync(form.table.dataId) as Int32Array;
        const given = host.readSync(x.dataId) as Float32Array;
        const shape = shapeOf(x, form);
        const out = new Float32Array(shape[0] * shape[1]);
        const all = form.positions * form.positions * form.patch;
        const rows = Math.max(given.length, out.length) === 0 ? 0 : Math.min(x.shape[0]!, shape[0]);
        for (let row = 0; row < rows; row++)
          for (let i = 0; i < pieces.length; i += 3)
            for (let k = 0; k < pieces[i + 2]!; k++)
              move(given, out, row * form.width + pieces[i]! + k, row * all + pieces[i + 1]! + k);
        return { dataId: host.write(out, shape, "float32") as object, shape, dtype: "float32" };
      },
    });
}

/** Called once, by `tf.ts`. */
export function registerPatches(): void {
  onHost("Patches", patchesShape, (row, out, at, to) => (out[to] = row[at]!));
  onHost("Unpatch", unpatchShape, (given, out, to, at) => (out[to] = out[to]! + given[at]!));

  define("Patches", (gpu, { x }, attributes) => {
    const { form } = attributes as unknown as { form: PatchForm };
    const { positions, patch, kernel, channels, side, stride, before, width } = form;
    const out = gpu.makeTensorInfo(patchesShape(x!, form), "float32");
    const size = out.shape[0]! * patch;
    const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
${startsWgsl(form)}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size)}
  let place = i32(i % ${patch}u);
  let position = i32(i / ${patch}u);
  let channel = place % ${channels};
  let column = position % ${positions} * ${stride} - ${before} + place / ${channels} % ${kernel};
  let line = position / ${positions} % ${positions} * ${stride} - ${before} + place / ${channels * kernel} % ${kernel};
  let start = starts[place / ${channels * kernel * kernel}];
  var value = 0.0;
  if (line >= 0 && line < ${side} && column >= 0 && column < ${side}) {
    value = x[position / ${positions * positions} * ${width} + start + (line * ${side} + column) * ${channels} + channel];
  }
  out[i] = value;
}`;
    runKernel(gpu, { code, tensors: [out, x!], groups: groupsFor(size) });
    return out;
  });
  define("Unpatch", (gpu, { x }, attributes) => {
    const { form } = attributes as unknown as { form: PatchForm };
    const { positions, patch, kernel, channels, side, stride, before, width, starts } = form;
    const out = gpu.makeTensorInfo(unpatchShape(x!, form), "float32");
    const size = out.shape[0]! * width;
    // Each number gathers from the positions whose kernel lies over it: nothing is written twice.
    const code = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> out: array<f32>;
@group(0) @binding(1) var<storage, read> x: array<f32>;
${startsWgsl(form)}
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  ${threadWgsl(size)}
  let place = i32(i % ${width}u);
  let row = i32(i / ${width}u);
  var sum = 0.0;
  for (var picture = 0; picture < ${starts.length}; picture++) {
    let within = place - starts[picture];
    if (within < 0 || within >= ${side * side * channels}) { continue; }
    let channel = within % ${channels};
    let column = within / ${channels} % ${side} + ${before};
    let line = within / ${channels * side} + ${before};
    for (var v = line % ${stride}; v < ${kernel}; v += ${stride}) {
      let down = (line - v) / ${stride};
      if (line < v || down >= ${positions}) { continue; }
      for (var u = column % ${stride}; u < ${kernel}; u += ${stride}) {
        let across = (column - u) / ${stride};
        if (column < u || across >= ${positions}) { continue; }
        sum += x[((row * ${positions} + down) * ${positions} + across) * ${patch}
          + ((picture * ${kernel} + v) * ${kernel} + u) * ${channels} + channel];
      }
    }
  }
  out[i] = sum;
}`;
    runKernel(gpu, { code, tensors: [out, x!], groups: groupsFor(size) });
    return out;
  });

  registerGradient({
    kernelName: "Patches",
    gradFunc: (dy, _, attributes) => ({
      x: () => unpatch(dy as Tensor2D, (attributes as unknown as { form: PatchForm }).form) as Tensor,
    }),
  });
  registerGradient({
    kernelName: "Unpatch",
    gradFunc: (dy, _, attributes) => ({
      x: () => patches(dy as Tensor2D, (attributes as unknown as { form: PatchForm }).form) as Tensor,
    }),
  });
}

const startsWgsl = ({ starts }: PatchForm): string =>
  `var<private> starts: array<i32, ${starts.length}> = array<i32, ${starts.length}>(${starts.join(", ")});`;
