/** Changes that bring back what a model leaves out. */
import { modelCard } from "../catalog/models.ts";
import { t } from "../language/words.ts";
import { numberOf, ranWith, rounded, type Remedy, type Seen } from "./finding.ts";

/** More of the same, for a model that has no better answer. */
function longer({ training: { startedFrom } }: Seen): Remedy | undefined {
  if (startedFrom === undefined || modelCard(startedFrom.model).instant) return undefined;
  const { unit, amount } = startedFrom.budget;
  return { label: t`Train twice as long`, budget: { unit, amount: 2 * amount }, live: true };
}

/** What brings back what a model leaves out. */
export function wider(seen: Seen): Remedy | undefined {
  const settings = ranWith(seen);
  const again = { live: false };
  switch (seen.training.startedFrom?.model) {
    case "gan": {
      if (settings["loss"] === "non-saturating")
        return { ...again, label: t`Use the Wasserstein loss`, settings: { loss: "wgan-gp" } };
      const steps = numberOf(seen, "criticSteps") ?? 10;
      return steps < 5
        ? { ...again, label: t`Take 5 discriminator steps`, settings: { criticSteps: 5 } }
        : longer(seen);
    }
    case "ctgan": {
      const pac = numberOf(seen, "pac") ?? 32;
      return pac < 8 ? { ...again, label: t`Judge 8 rows at once`, settings: { pac: 8 } } : longer(seen);
    }
    case "ddgan": {
      const steps = numberOf(seen, "steps") ?? 16;
      return steps < 4
        ? { ...again, label: t`Take 4 denoising steps`, settings: { steps: 4 } }
        : longer(seen);
    }
    case "vae": {
      const beta = numberOf(seen, "beta") ?? 0;
      return beta > 0.2
        ? { ...again, label: t`Lower β`, settings: { beta: rounded(beta / 5) } }
        : longer(seen);
    }
    default:
      return longer(seen);
  }
}
