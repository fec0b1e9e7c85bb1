/** The operations over spans (`../fused/spanSoftmax.ts`, `spanCrossEntropy.ts`) as WASM kernels. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { EntropyForm } from "../fused/spanCrossEntropy.ts";
import type { SoftmaxForm } from "../fused/spanSoftmax.ts";
import type { Spans } from "../spans.ts";
import { address } from "./kernels.ts";
import type { Call, Kernel } from "./kernels.ts";
import { emissions } from "./spans.ts";

/** Where things lie, for one call. */
function placed(
  { backend, inputs }: Call,
  spans: Spans,
): {
  at(name: string): number;
  rest(segments?: number): [number, number, number, number];
  rows: number;
} {
  const at = (name: string): number => address(backend, inputs[name]!);
  const rows = (inputs["logits"] ?? inputs["codes"])!.shape[0]!;
  return {
    at,
    rows,
    rest: (segments = spans.segments.length) => [at("table"), segments, rows, 4 * spans.width],
  };
}

const emitted = ({ numbers }: SoftmaxForm): [number, number] =>
  ({
    none: [emissions.zero, emissions.zero] as [number, number],
    stated: [emissions.same, emissions.tanh] as [number, number],
    tanh: [emissions.tanh, emissions.tanh] as [number, number],
  })[numbers];

const formOf = ({ attributes }: Call): SoftmaxForm => attributes as unknown as SoftmaxForm;
const entropyOf = ({ attributes }: Call): EntropyForm => attributes as unknown as EntropyForm;

/** The softmax of the logits, with numbers as `form` has them, into `out`; zeros in blocks of weight 0. */
function softmaxInto(call: Call, form: SoftmaxForm, out: number, weights = 0): void {
  const { at, rest } = placed(call, form.spans);
  const gumbel = form.noise === "none" ? 0 : at("random");
  const emission = emitted(form);
  call.program.run.spanSoftmax(at("logits"), gumbel, weights, out, ...rest(), ...emission, 1 / form.tau);
}

const output = ({ backend, inputs }: Call): { info: TensorInfo; at: number } => {
  const info = backend.makeOutput(inputs["logits"]!.shape, "float32");
  return { info, at: address(backend, info) };
};

const softmax: Kernel = (call) => {
  const out = output(call);
  softmaxInto(call, formOf(call), out.at);
  return out.info;
};

const softmaxBack: Kernel = (call) => {
  const form = formOf(call);
  const out = output(call);
  const { at, rest } = placed(call, form.spans);
  softmaxInto(call, { ...form, numbers: "none" }, out.at);
  call.program.run.spanBack(at("logits"), at("dy"), out.at, ...rest(), ...emitted(form), 1 / form.tau);
  return out.info;
};

const plain = (spans: Spans): SoftmaxForm => ({
  spans,
  tau: 1,
  numbers: "none",
  noise: "none",
  call: 0,
});

const crossEntropy: Kernel = (call) => {
  const { backend, program } = call;
  const { spans, codes, weighted } = entropyOf(call);
  const { at, rest, rows } = placed(call, spans);
  const blocks = spans.blocks.length;
  const out = backend.makeOutput([rows, blocks], "float32");
  const [weights, into] = [weighted ? at("weights") : 0, address(backend, out)];
  program.run.spanEntropy(at("logits"), at("target"), weights, into, ...rest(blocks), Number(codes));
  return out;
};

const crossEntropyBack: Kernel = (call) => {
  const { spans, codes, weighted } = entropyOf(call);
  const { at, rest } = placed(call, spans);
  const out = output(call);
  const weights = weighted ? at("weights") : 0;
  softmaxInto(call, plain(spans), out.at, weights);
  call.program.run.spanEntropyBack(at("target"), weights, at("dy"), out.at, ...rest(), Number(codes));
  return out.info;
};

const oneHot: Kernel = (call) => {
  const { spans, weighted } = entropyOf(call);
  const { at, rest, rows } = placed(call, spans);
  const info = call.backend.makeOutput([rows, spans.width], "float32");
  const out = address(call.backend, info);
  call.program.run.spanOneHot(at("codes"), weighted ? at("weights") : 0, out, ...rest());
  return info;
};

const draw: Kernel = (call) => {
  const { backend, program, inputs } = call;
  const { spans, weighted } = entropyOf(call);
  const { at, rest } = placed(call, spans);
  const chances = output(call);
  const out = backend.makeOutput(inputs["u"]!.shape, "float32");
  softmaxInto(call, plain(spans), chances.at, weighted ? at("asked") : 0);
  program.run.spanDraw(chances.at, at("u"), address(backend, out), ...rest(spans.blocks.length));
  backend.disposeData(chances.info.dataId);
  return out;
};

export const spanKernels: Readonly<Record<string, Kernel>> = {
  SpanSoftmax: softmax,
  SpanSoftmaxBack: softmaxBack,
  SpanCrossEntropy: crossEntropy,
  SpanCrossEntropyBack: crossEntropyBack,
  SpanOneHot: oneHot,
  SpanDraw: draw,
};
