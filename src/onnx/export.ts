/**
 * A trained model's sampler as an ONNX file: noise in, encoded rows out, the
 * many steps of diffusion as a loop within. (Written out one after another, 200
 * of them took ONNX Runtime minutes to load.)
 */
import type { ModelId } from "../catalog/card.ts";
import { modelCard } from "../catalog/models.ts";
import type { Settings } from "../catalog/setting.ts";
import type { Span } from "../encode/span.ts";
import { choices, type Choices } from "../models/choices.ts";
import { settingsOf } from "../models/index.ts";
import type { ModelState } from "../models/model.ts";
import { convolutionsFor } from "../models/picture.ts";
import { autoencoderSampling } from "./autoencoder.ts";
import { ctganSampling } from "./ctgan.ts";
import { ddganSampling } from "./ddgan.ts";
import { diffusionSampling } from "./diffusion.ts";
import { ganSampling } from "./gan.ts";
import { openGraph, type GraphInput } from "./graph.ts";
import { maskedDdganSampling, maskedSampling } from "./masked.ts";
import { packed } from "./network.ts";
import type { Sampling } from "./sampling.ts";
import { tabDdpmSampling } from "./tabddpm.ts";
import { vaeSampling } from "./vae.ts";

/** The model has no network, so there is nothing that ONNX could run. */
export class Unexportable extends Error {}

export interface ExportRequest {
  readonly model: ModelId;
  readonly settings: Settings;
  readonly spans: readonly Span[];
  /** Numbers in an encoded row. */
  readonly width: number;
  readonly state: ModelState;
}

export interface ExportedSampler {
  /** The bytes of the .onnx file. Its one output, "rows", is [rows, width], float32. */
  readonly file: Uint8Array;
  readonly inputs: readonly GraphInput[];
}

/**
 * @throws Unexportable in words for a model without networks; Unfit (`models/state.ts`) where the state is another model's; Error in plain
 * words for unusable settings.
 */
export function exportSampler({ model, settings, spans, width, state }: ExportRequest): ExportedSampler {
  const all = settingsOf(model, settings);
  const own = choices(all);
  const sampling = samplingOf(model, own);
  const graph = openGraph(`likeness-${model}`);
  const weights = packed(...state.weights);
  const found = convolutionsFor(all, spans);
  const convolutions = typeof found === "string" ? undefined : found;
  const rows = sampling({ graph, spans, width, own, weights, fitted: state.fitted, convolutions });
  weights.end();
  return graph.finish(rows, width);
}

function samplingOf(model: ModelId, own: Choices): Sampling {
  switch (model) {
    case "gan":
      return ganSampling;
    case "ctgan":
      return ctganSampling;
    case "vae":
      return vaeSampling;
    case "ddgan":
      return own.choice("process") === "masked" ? maskedDdganSampling : ddganSampling;
    case "diffusion":
      switch (own.choice("process")) {
        case "masked":
          return maskedSampling;
        case "ddpm":
          return tabDdpmSampling;
        case "one-step":
          return autoencoderSampling;
        default:
          return diffusionSampling;
      }
    case "independent":
    case "copula":
    case "smote":
    case "copy":
      throw new Unexportable(
        `${modelCard(model).name} has no network, so there is nothing for ONNX to hold. Export a GAN, CTGAN, VAE, diffusion or denoising diffusion GAN.`,
      );
    default:
      model satisfies never;
      throw new Error(`There is no model called "${String(model)}".`);
  }
}
