/** Categories that a model's rows have too seldom, or never. */
import { decimal, t } from "../language/words.ts";
import { settled, type Finding, type Remedy, type Seen } from "./finding.ts";
import { wider } from "./remedies.ts";

/** A category that should turn up so often among the rows drawn, and does not once, is missing and not unlucky. */
const expectedRows = 8;
/**
 * Standard deviations of what chance does to the rows that are drawn. There are many categories, and one is looked at
 * again and again.
 */
const beyondChance = 4;
/** A category that is drawn less often than this, beside what it should be, is worth a word. */
const muchLess = 0.5;

interface Share {
  readonly name: string;
  readonly label: string;
  /** Among real rows, 0 to 1. */
  readonly share: number;
  /** Synthetic rows that have it, and all that have any category of the column. */
  readonly made: number;
  readonly drawn: number;
}

/** Every category that should be among the rows drawn, once they say what the model is; empty before. */
function sharesOf(seen: Seen): readonly Share[] {
  const { scenes, frames } = seen.stage;
  if (seen.training.startedFrom !== undefined && !settled(seen)) return [];
  return (scenes.columns?.columns ?? []).flatMap(({ name, histogram }, c) => {
    const frame = frames.columns?.columns[c];
    if (histogram.kind !== "category" || frame === undefined) return [];
    const real = histogram.counts.reduce((sum, count) => sum + count, histogram.others);
    const drawn = frame.counts.reduce((sum, count) => sum + count, frame.others);
    return histogram.labels.flatMap((label, k) => {
      const share = histogram.counts[k]! / Math.max(1, real);
      return share * drawn >= expectedRows ? [{ name, label, share, made: frame.counts[k] ?? 0, drawn }] : [];
    });
  });
}

function evenly(seen: Seen): Remedy | undefined {
  return seen.training.startedFrom?.model === "gan"
    ? { label: t`Take CTGAN, which is told categories,`, model: "ctgan", live: false }
    : wider(seen);
}

const percent = (share: number): string => `${decimal((100 * share).toFixed(share < 0.1 ? 1 : 0))} %`;

export function droppedCategory(seen: Seen): Finding | undefined {
  const dropped = sharesOf(seen).filter(({ made }) => made === 0);
  const worst = dropped.toSorted((a, b) => b.share - a.share)[0];
  if (worst === undefined) return undefined;
  const more = dropped.length > 1 ? t` ${dropped.length - 1} more like it.` : "";
  const remedy = evenly(seen);
  return {
    id: "dropped-category",
    title: t`${worst.name}: ${worst.label} is never drawn`,
    evidence: t`${percent(worst.share)} of the real rows have it, and none of ${worst.drawn} synthetic ones.${more}`,
    shown: { kind: "category", column: worst.name, label: worst.label },
    ...(remedy && { remedy }),
  };
}

/**
 * A model that makes what is less common still less common. (J. Zhao et al., Men Also Like Shopping: Reducing Gender Bias
 * Amplification using Corpus-level Constraints, 2017.) A category that is never drawn is its limit: `droppedCategory`.
 */
export function amplifiedBias(seen: Seen): Finding | undefined {
  const lessened = sharesOf(seen).filter(({ share, made, drawn }) => {
    const expected = share * drawn;
    const chance = Math.sqrt(expected * (1 - share));
    return made > 0 && made < muchLess * expected && expected - made > beyondChance * chance;
  });
  const worst = lessened.toSorted((a, b) => b.share * b.drawn - b.made - (a.share * a.drawn - a.made))[0];
  if (worst === undefined) return undefined;
  const { name, label, share, made, drawn } = worst;
  const more = lessened.length > 1 ? t` ${lessened.length - 1} more like it.` : "";
  const remedy = evenly(seen);
  return {
    id: "amplified-bias",
    title: t`${name}: ${label} is drawn too seldom`,
    evidence: t`${percent(share)} of the real rows have it, and ${percent(made / drawn)} of ${drawn} synthetic ones: ${made} where ${Math.round(share * drawn)} should. The model makes the table's bias larger.${more}`,
    shown: { kind: "category", column: name, label },
    ...(remedy && { remedy }),
  };
}
