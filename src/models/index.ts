/** The registry: which file builds which model from which settings. Adding a model adds a file and a case. */
import { modelCard } from "../catalog/models.ts";
import type { ModelId } from "../catalog/card.ts";
import { complete, faultOf } from "../catalog/setting.ts";
import type { Settings } from "../catalog/setting.ts";
import type { Span } from "../encode/span.ts";
import type { Activation } from "../engine/net.ts";
import { tensorRandom } from "../engine/noise.ts";
import { random as seeded, type Random } from "../random/random.ts";
import type { AdversarialLoss } from "./adversarial.ts";
import { denoisingAutoencoder } from "./autoencoder.ts";
import { choices } from "./choices.ts";
import { copy } from "./copy.ts";
import { copula, fitCopula, readCopula } from "./copula.ts";
import { ctgan } from "./ctgan.ts";
import { ddgan } from "./ddgan.ts";
import { diffusion } from "./diffusion.ts";
import { gan } from "./gan.ts";
import { fitIndependent, independent, readIndependent } from "./independent.ts";
import type { GenerativeModel, Plain, Source } from "./model.ts";
import { maskedDdgan } from "./maskedDdgan.ts";
import { componentsOf } from "./mixture.ts";
import { maskedDiffusion } from "./masked.ts";
import { convolutionsFor } from "./picture.ts";
import { smote } from "./smote.ts";
import { adoptWeights, wholeRows } from "./state.ts";
import { tabDdpm } from "./tabddpm.ts";
import { vae } from "./vae.ts";

export interface ModelRequest {
  readonly spans: readonly Span[];
  /** Numbers in an encoded row; at least 1. */
  readonly width: number;
  /** The training rows; or what was known of them, for a model that draws rows and learns no more. */
  readonly from: Source;
  /** What differs from the card's defaults. */
  readonly settings: Settings;
  /** Source of the first weights. */
  readonly random: Random;
}

/**
 * A model's weights and what they stand for, its values of no matter: whose weights another takes over.
 * @throws as `buildModel` does.
 */
export const outline = (
  id: ModelId,
  request: Omit<ModelRequest, "from" | "random">,
  fitted: Plain,
): GenerativeModel => build(id, { ...request, from: { state: { weights: [], fitted } }, random: seeded(0) });

/**
 * Builds a model on the open backend. The caller disposes it.
 * @throws Error in plain words where a setting's value is unusable; Unfit where the state is another model's.
 */
export function buildModel(id: ModelId, request: ModelRequest): GenerativeModel {
  const model = build(id, request);
  if ("rows" in request.from) return model;
  try {
    adoptWeights(model, request.from.state.weights);
    return model;
  } catch (error) {
    model.dispose();
    throw error;
  }
}

function build(id: ModelId, request: ModelRequest): GenerativeModel {
  const { spans, width, from } = request;
  const settings = settingsOf(id, request.settings);
  const own = choices(settings);
  const random = tensorRandom(request.random.fork("weights"));
  const convolutions = convolutionsFor(settings, spans);
  const betas = (): readonly [number, number] => [own.number("momentum"), own.number("beta2")];
  switch (id) {
    case "gan":
      return gan(spans, width, random, {
        loss: own.choice("loss") as AdversarialLoss,
        latent: own.number("latent"),
        generator: own.sizes("generator"),
        discriminator: own.sizes("discriminator"),
        convolutions,
        activation: own.choice("activation") as Activation,
        output: own.choice("output") as "columns" | "tanh",
        criticSteps: own.number("criticSteps"),
        r1: own.number("r1"),
        lambda: own.number("lambda"),
        tau: own.number("tau"),
        average: own.number("average"),
        betas: betas(),
      });
    case "vae":
      return vae(spans, width, random, {
        latent: own.number("latent"),
        hidden: own.sizes("hidden"),
        convolutions,
        activation: own.choice("activation") as Activation,
        beta: own.number("beta"),
        components: componentsOf(own.number("components"), from),
        likelihood: own.choice("likelihood") as "columns" | "bernoulli",
        reduction: own.choice("reduction") as "mean" | "sum",
        spread: own.number("spread"),
        average: own.number("average"),
        betas: betas(),
      });
    case "diffusion":
      switch (own.choice("process")) {
        case "masked":
          return maskedDiffusion(spans, width, from, random, {
            hidden: own.sizes("hidden"),
            bins: own.number("bins"),
            within: own.choice("within") as "evenly" | "resample",
            samplingSteps: own.number("samplingSteps"),
            average: own.number("average"),
            betas: betas(),
          });
        case "one-step":
          return denoisingAutoencoder(spans, width, random, {
            hidden: own.sizes("hidden"),
            noise: own.number("noise"),
            output: own.choice("output") as Activation,
            average: own.number("average"),
            betas: betas(),
          });
        case "ddpm":
          return tabDdpm(spans, width, random, {
            hidden: own.sizes("hidden"),
            levels: own.number("levels"),
            samplingSteps: own.number("samplingSteps"),
            average: own.number("average"),
            betas: betas(),
          });
        default:
          return diffusion(spans, width, random, {
            convolutions,
            hidden: own.sizes("hidden"),
            samplingSteps: own.number("samplingSteps"),
            predicts: own.choice("predicts") as "mixture" | "clean",
            octaves: own.number("octaves"),
            average: own.number("average"),
            betas: betas(),
          });
      }
    case "ctgan":
      return ctgan(spans, width, from, random, {
        latent: own.number("latent"),
        generator: own.sizes("generator"),
        discriminator: own.sizes("discriminator"),
        pac: own.number("pac"),
        batch: own.number("batch"),
        modes: own.number("modes"),
        loss: own.choice("loss") as AdversarialLoss,
        r1: own.number("r1"),
        chain: own.number("chain"),
        ratio: own.sizes("ratio"),
        criticSteps: own.number("criticSteps"),
        lambda: own.number("lambda"),
        tau: own.number("tau"),
        average: own.number("average"),
        betas: betas(),
      });
    case "ddgan":
      if (own.choice("process") === "masked")
        return maskedDdgan(spans, width, from, random, {
          steps: own.number("steps"),
          latent: own.number("latent"),
          generator: own.sizes("generator"),
          discriminator: own.sizes("discriminator"),
          bins: own.number("bins"),
          anchor: own.number("anchor"),
          r1: own.number("r1"),
          tau: own.number("tau"),
          average: own.number("average"),
          betas: betas(),
        });
      return ddgan(spans, width, random, {
        steps: own.number("steps"),
        schedule: own.choice("schedule") as "vp" | "geometric",
        latent: own.number("latent"),
        generator: own.sizes("generator"),
        convolutions,
        discriminator: own.sizes("discriminator"),
        r1: own.number("r1"),
        tau: own.number("tau"),
        octaves: own.number("octaves"),
        average: own.number("average"),
        betas: betas(),
      });
    case "independent":
      return independent(
        spans,
        width,
        "rows" in from ? fitIndependent(spans, from.rows) : readIndependent(spans, from.state.fitted),
      );
    case "copula":
      return copula(
        spans,
        width,
        "rows" in from
          ? fitCopula(spans, from.rows, request.random.fork("scores"))
          : readCopula(spans, from.state.fitted),
      );
    case "smote":
      return smote(spans, width, wholeRows(width, from), { neighbours: own.number("neighbours") });
    case "copy":
      return copy(width, wholeRows(width, from));
    default:
      id satisfies never;
      throw new Error(`There is no model called "${String(id)}".`);
  }
}

/** Every setting's value, defaults filled in. @throws Error where one is unusable. */
export function settingsOf(id: ModelId, chosen: Settings): Settings {
  const { settings } = modelCard(id);
  const all = complete(settings, chosen);
  for (const setting of settings) {
    const fault = faultOf(setting, all[setting.key]);
    if (fault !== undefined) throw new Error(fault);
  }
  return all;
}
