/**
 * The models on offer, as data: names, papers, settings. Pages and links read
 * this; the code that trains them is in `models/`, one file an entry. No
 * tensors here, so that the page can show a model without loading one.
 */
import type { ModelCard, ModelId, Paper } from "./card.ts";
import { copula, copy, independent, smote } from "./cards/baselines.ts";
import { ctgan } from "./cards/ctgan.ts";
import { ddgan } from "./cards/ddgan.ts";
import { diffusion } from "./cards/diffusion.ts";
import { gan } from "./cards/gan.ts";
import { vae } from "./cards/vae.ts";
import type { DatasetKind } from "./datasets.ts";
import { complete } from "./setting.ts";
import type { Settings } from "./setting.ts";

/** In the order in which they are offered. */
export const modelCards: readonly ModelCard[] = [
  gan,
  ctgan,
  vae,
  diffusion,
  ddgan,
  independent,
  copula,
  smote,
  copy,
];

/** @throws Error for an id that is not on offer. */
export function modelCard(id: ModelId): ModelCard {
  const card = modelCards.find((candidate) => candidate.id === id);
  if (card === undefined) throw new Error(`There is no model called "${String(id)}".`);
  return card;
}

/** Whether a running model of this kind takes a change of that setting at once. */
export const isLive = (id: ModelId, key: string): boolean =>
  modelCard(id).settings.find((setting) => setting.key === key)?.live === true;

/** Defaults for data of this kind, by key: the card's own, but for a few where the kind asks for others. */
export function defaultsFor(id: ModelId, kind: DatasetKind): Settings {
  const { settings, defaults } = modelCard(id);
  return complete(settings, defaults?.[kind] ?? {});
}

/** The paper of the model that these settings make. @param values of all settings. */
export function paperOf({ paper, variants = [] }: ModelCard, values: Settings): Paper {
  const chosen = variants.find(({ when }) =>
    Object.entries(when).every(([key, value]) => values[key] === value),
  );
  return chosen?.paper ?? paper;
}
