/** A look inside a model as it stands: what its kind has to show. */
import { evenRows } from "../encode/evenRows.ts";
import type { Matrix, Span } from "../encode/span.ts";
import { tensorRandom, type TensorRandom } from "../engine/noise.ts";
import type { Inside } from "../models/inside.ts";
import type { InsideLook, InsideSeen, ModelSeen, NetSeen, PlaneSeen } from "../protocol/inside.ts";
import { random } from "../random/random.ts";
import type { Trainer } from "../train/trainer.ts";
import { seeAdversary } from "./adversary.ts";
import { seeLatent } from "./latent.ts";
import { seeNoise } from "./noise.ts";
import { planeOf } from "./plane.ts";
import { seeSteps } from "./steps.ts";

/** Rows that an autoencoder's latents are shown of. */
const coded = 300;

/**
 * @param spans, rows what it learns from, encoded.
 * @param nets how strong its signals are; they are looked at less often.
 * Chance is the same at every look, so that what moves is the model.
 */
export async function see(
  trainer: Pick<Trainer, "inside" | "step">,
  spans: readonly Span[],
  rows: Matrix,
  look: InsideLook,
  nets: readonly NetSeen[],
): Promise<InsideSeen> {
  const { step, inside } = trainer;
  const plane = planeOf(spans, rows);
  const noise = tensorRandom(random(1).fork("inside"));
  const model = inside && (await modelSeen(inside, plane, rows, look, noise));
  return { step, nets, ...(plane && { plane }), ...(model && { model }) };
}

async function modelSeen(
  inside: Inside,
  plane: PlaneSeen | undefined,
  rows: Matrix,
  look: InsideLook,
  noise: TensorRandom,
): Promise<ModelSeen | undefined> {
  if (inside.kind === "latent")
    return seeLatent(inside, evenRows(rows, Math.min(coded, rows.rows)), look.path);
  if (plane === undefined) return undefined;
  switch (inside.kind) {
    case "adversary":
      return seeAdversary(inside, plane, noise);
    case "noise":
      return seeNoise(inside, plane, look, noise);
    case "steps":
      return seeSteps(inside, plane, look, noise);
    default:
      inside satisfies never;
      return undefined;
  }
}
