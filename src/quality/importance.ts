/**
 * Which columns a model leans on, by how much worse it gets where one column of
 * the test rows is shuffled: L. Breiman, Random Forests, 2001, section 10
 * (permutation importance). Rows that teach for other reasons than real ones do
 * may score as well today and fail on other rows.
 *
 * Of columns that say the same none is missed by itself, and chance decides which of them a model leans on more: fresh real
 * rows agree to about 0.8, not 1.
 */
import type { Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import type { Column } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { rankCorrelation } from "./correlation.ts";
import type { Learned } from "./efficacy.ts";
import type { Measured } from "./measured.ts";

/** A model's skill that is lost with each input column, at least 0, in the order of `inputs`. A piece of work is a column. */
export function* importances(model: Learned, random: Random): Work<Float64Array> {
  const { inputs } = model;
  const whole = model.skill();
  const lost = new Float64Array(inputs.columns.length);
  for (let i = 0; i < lost.length; i++) {
    const order = random.fork(i).permutation(inputs.rows);
    const columns = inputs.columns.map((column, j): Column =>
      i === j ? selectRows({ columns: [column], rows: inputs.rows }, order).columns[0]! : column,
    );
    lost[i] = Math.max(0, whole - model.skillOn({ ...inputs, columns }));
    yield (i + 1) / lost.length;
  }
  return lost;
}

export interface ImportanceAgreement {
  /** 1 minus the total variation distance of the two models' shares of importance, 0 to 1. */
  readonly overlap: Measured;
  /** Spearman's correlation of the importances, -1 to 1. */
  readonly ranks: Measured;
}

/** @param synthetic importances of the model that learned from synthetic rows, `real` of the one that learned from real ones. */
export function importanceAgreement(synthetic: Float64Array, real: Float64Array): ImportanceAgreement {
  const total = (of: Float64Array): number => of.reduce((sum, lost) => sum + lost, 0);
  const [made, before] = [total(synthetic), total(real)];
  if (before < LEAST_LOSS) {
    const why = t`No column is missed by itself: others say the same, or none says anything about the target.`;
    return { overlap: { why }, ranks: { why } };
  }
  const ranks = rankCorrelation(synthetic, real);
  // Real rows lean on something; synthetic rows that lean on nothing agree in nothing.
  const apart = synthetic.reduce((sum, lost, i) => sum + Math.abs(lost / made - real[i]! / before), 0) / 2;
  return {
    overlap: { value: made < LEAST_LOSS ? 0 : 1 - apart },
    ranks: Number.isNaN(ranks)
      ? { why: t`All columns are missed alike, so they have no order.` }
      : { value: ranks },
  };
}

/** Skill that is lost over all columns together: below it, shares of it are chance. */
const LEAST_LOSS = 0.02;
