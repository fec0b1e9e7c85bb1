/** What is known of the model besides one table of its rows, by whoever ran it: the parts of the last two axes. */
import type { Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Table } from "../table/table.ts";
import { partOf, type Part } from "./axes.ts";
import { isValue, meanOf, type Measured } from "./measured.ts";
import { convergence, repeatedSamples, steadiness, type Repeated } from "./stability.ts";
import { spreadOf } from "./bootstrap.ts";
import { samplingSpeed, type Imputation } from "./modelUtility.ts";

export interface Evidence {
  /** Tables of the same model, drawn or trained with other seeds. */
  readonly samples?: readonly Table[];
  /** Of each seed or table: 1 - shape error, and the efficacy. */
  readonly shapes?: readonly number[];
  readonly efficacies?: readonly number[];
  /** Training losses in order. */
  readonly losses?: ArrayLike<number>;
  /** `conditionalAccuracy` of each condition that was tried. */
  readonly conditional?: readonly Measured[];
  readonly imputed?: readonly Imputation[];
  readonly drawn?: { readonly rows: number; readonly seconds: number };
}

export interface ModelScores {
  readonly parts: readonly Part[];
  readonly repeated: Repeated | { readonly why: string };
  readonly imputed: readonly Imputation[];
  /** Rows a second. */
  readonly speed: Measured;
}

/** @throws TypeError where the samples' columns differ in kind. */
export function* modelScores({
  samples = [],
  shapes = [],
  efficacies = [],
  losses,
  conditional = [],
  imputed = [],
  drawn,
}: Evidence): Work<ModelScores> {
  const repeated = yield* repeatedSamples(samples);
  const steady = (values: readonly number[]): Measured => {
    const found = steadiness(values);
    return "why" in found ? found : { value: found.steadiness };
  };
  const several = meanOf(
    efficacies.map((value) => ({ value })),
    "tables",
  );
  const severalPart = partOf(
    "several",
    efficacies.length < 2
      ? { why: t`Whether a model is useful again and again takes at least two of its tables.` }
      : several,
  );
  return {
    parts: [
      partOf("samples", "why" in repeated ? repeated : repeated.similarity),
      partOf("steadyShape", steady(shapes)),
      partOf("steadyEfficacy", steady(efficacies)),
      partOf(
        "convergence",
        losses === undefined ? { why: t`No training losses are known.` } : convergence(losses),
      ),
      isValue(severalPart.measured) ? { ...severalPart, spread: spreadOf(efficacies) } : severalPart,
      partOf(
        "conditional",
        conditional.length === 0
          ? { why: t`No rows were asked for by a condition.` }
          : meanOf(conditional, "conditions"),
      ),
      partOf(
        "imputation",
        imputed.length === 0
          ? { why: t`No gaps were made and filled.` }
          : meanOf(
              imputed.map(({ score }) => score),
              "columns",
            ),
      ),
    ],
    repeated,
    imputed,
    speed: drawn === undefined ? { why: t`No time was measured.` } : samplingSpeed(drawn.rows, drawn.seconds),
  };
}
