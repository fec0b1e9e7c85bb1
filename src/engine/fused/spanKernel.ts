/**
 * WGSL for what is done block by block in a row: a softmax, and sums under it.
 *
 * A team of 1 to 16 threads takes a block of one row. It goes over the block
 * once for its largest score and the sums of eˢ, kept to scale as they grow
 * (M. Milakov, N. Gimelshein, Online Normalizer Calculation for Softmax, 2018,
 * https://arxiv.org/abs/1805.02867), and once more to write.
 */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import { runKernel } from "../gpu.ts";
import type { GpuBackend } from "../gpu.ts";
import type { Spans } from "../spans.ts";

export interface SpanKernel {
  readonly spans: Spans;
  readonly rows: number;
  /** Whether numbers have threads too, or blocks alone. */
  readonly numbers: boolean;
  /** By name in the code below; the first is written, `table` and what else is no float32 say so in `types`. */
  readonly tensors: Readonly<Record<string, TensorInfo>>;
  readonly types?: Readonly<Record<string, string>>;
  /** For a uniform vec4u `call`, bound last. */
  readonly call?: number;
  /** Functions that the expressions use. */
  readonly functions?: string;
  /** The score s at place `i` of the tensor; absent where there is nothing to sum. */
  readonly score?: string;
  /** Sums over the block by name: of the expression, or of it times the softmax. */
  readonly sums?: Readonly<Record<string, { readonly of: string; readonly weighted: boolean }>>;
  /**
   * Statements for each place `i`, the `k`-th of a block of row `row` and number `block`, which may use `p` (the
   * softmax) and the sums; for each place of a number, by its kind; and once a block, with `top`, the largest
   * score, `total` = Σ exp(s − top) and `logTotal` = ln Σ eˢ.
   */
  readonly place?: string;
  readonly linear?: string;
  readonly bounded?: string;
  readonly once?: string;
}

const groupSize = 64;

/** Enough threads to fill a GPU, and no more a block than half its places. */
export function teamOf(jobs: number, places: number): number {
  const wanted = Math.min(16384 / jobs, places / 2);
  return wanted >= 16 ? 16 : wanted >= 4 ? 4 : 1;
}

export function runSpanKernel(gpu: GpuBackend, kernel: SpanKernel): void {
  const { spans, rows, tensors, types = {}, call } = kernel;
  const segments = kernel.numbers ? spans.segments.length : spans.blocks.length;
  const jobs = rows * segments;
  if (jobs === 0) return;
  const places = spans.blocks.reduce((sum, { width }) => sum + width, 0);
  const team = teamOf(jobs, places / Math.max(1, spans.blocks.length));
  const groups = Math.ceil(jobs / (groupSize / team));
  const x = Math.min(groups, 65535);
  const all = { ...tensors, table: spans.table };
  const bindings = Object.keys(all).map(
    (name, i) =>
      `@group(0) @binding(${i}) var<storage, ${i === 0 ? "read_write" : "read"}> ${name}: ${
        name === "table" ? "array<vec4i>" : (types[name] ?? "array<f32>")
      };`,
  );
  if (call !== undefined) bindings.push(`@group(0) @binding(${bindings.length}) var<uniform> call: vec4u;`);
  runKernel(gpu, {
    code: `${bindings.join("\n")}\n${bodyOf(kernel, segments, jobs, team, x)}`,
    tensors: Object.values(all),
    ...(call !== undefined && { numbers: [call] as const }),
    groups: [x, Math.ceil(groups / x)],
  });
}

function bodyOf(kernel: SpanKernel, segments: number, jobs: number, team: number, x: number): string {
  const {
    spans,
    functions = "",
    score,
    sums = {},
    place = "",
    linear = "",
    bounded = "",
    once = "",
  } = kernel;
  const weighted = Object.entries(sums).filter(([, sum]) => sum.weighted);
  const plain = Object.entries(sums).filter(([, sum]) => !sum.weighted);
  const names = ["top", "total", ...weighted.map(([name]) => name), ...plain.map(([name]) => name)];
  const join = (lines: readonly string[]): string => lines.join(" ");
  const merge = /* wgsl */ `
  ${join(names.map((name, n) => `held[${n}][local] = ${name};`))}
  workgroupBarrier();
  top = -3.4e38; total = 0.0; ${join([...weighted, ...plain].map(([name]) => `${name} = 0.0;`))}
  for (var other = local - lane; other < local - lane + ${team}u; other++) {
    top = max(top, held[0][other]);
  }
  for (var other = local - lane; other < local - lane + ${team}u; other++) {
    let share = exp(held[0][other] - top);
    total += held[1][other] * share;
    ${join(weighted.map(([name], n) => `${name} += held[${2 + n}][other] * share;`))}
    ${join(plain.map(([name], n) => `${name} += held[${2 + weighted.length + n}][other];`))}
  }`;
  const declared = [...weighted, ...plain].map(([name]) => `var ${name} = 0.0;`);
  const gathered = /* wgsl */ `
  var top = -3.4e38; var total = 0.0; ${join(declared)}
  if (segment.z == 0u) {
    for (var k = lane; k < end; k += ${team}u) {
      let i = first + k;
      let s = scoreAt(i);
      let next = max(top, s);
      let share = exp(top - next);
      let e = exp(s - next);
      total = total * share + e;
      ${join(weighted.map(([name, { of }]) => `${name} = ${name} * share + e * (${of});`))}
      ${join(plain.map(([name, { of }]) => `${name} += ${of};`))}
      top = next;
    }
  }
  ${team > 1 ? merge : ""}
  ${join(weighted.map(([name]) => `${name} /= total;`))}`;
  const scored = score !== undefined;
  return /* wgsl */ `
${functions}
${scored && team > 1 ? `var<workgroup> held: array<array<f32, ${groupSize}>, ${names.length}>;` : ""}
${scored ? `fn scoreAt(i: u32) -> f32 { return ${score}; }` : ""}
@compute @workgroup_size(${groupSize})
fn main(@builtin(local_invocation_index) local: u32, @builtin(workgroup_id) group: vec3u) {
  let lane = local % ${team}u;
  let job = (group.x + group.y * ${x}u) * ${groupSize / team}u + local / ${team}u;
  let row = job / ${segments}u;
  let block = job % ${segments}u;
  let segment = vec4u(table[block]);
  let first = row * ${spans.width}u + segment.x;
  let end = select(0u, segment.y, job < ${jobs}u);
  ${scored ? gathered : ""}
  if (segment.z == 0u) {
    ${once === "" ? "" : `if (lane == 0u && end > 0u) { let logTotal = top + log(total); ${once} }`}
    ${place === "" ? "" : `for (var k = lane; k < end; k += ${team}u) { let i = first + k; ${scored ? "let p = exp(scoreAt(i) - top) / total;" : ""} ${place} }`}
  } else {
    for (var k = lane; k < end; k += ${team}u) {
      let i = first + k;
      if (segment.z == 1u) { ${linear} } else { ${bounded} }
    }
  }
}`;
}
