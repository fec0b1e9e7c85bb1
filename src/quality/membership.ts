/**
 * Membership inference: someone holds a person's row and the synthetic table,
 * and wants to know whether the person was among the training rows. Attack by
 * density ratio: B. van Breugel et al., Membership Inference Attacks against
 * Synthetic Data through Overfitting Detection (DOMIAS), 2023, eq. 2.
 * https://arxiv.org/abs/2302.12580
 *
 * Where synthetic rows crowd more than rows of the population do, the model has
 * memorised. Half of the holdout stands for the population, the other half for
 * people who were not in the training rows; densities are by the nearest row, 1 / dᵂ,
 * whose ratio has the order of d_population / d_synthetic.
 *
 * An AUC of ½ says that this attack learns nothing, not that none would: one
 * who can train models of the same kind sees more. It is no differential privacy.
 */
import { auc } from "../downstream/scores.ts";
import { part, type Work } from "../downstream/work.ts";
import { t } from "../language/words.ts";
import type { Random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { nearestDistances } from "./distance.ts";
import type { Uncomputable } from "./measured.ts";

export interface Membership {
  /** Chance that a training row scores above one that is none: ½ private, 1 every member known. */
  readonly auc: number;
  /** 1 at an AUC of ½ or below, 0 at 1. */
  readonly protection: number;
  /** The attack's score of each row that was asked about, and whether it was a training row. */
  readonly scores: Float64Array;
  readonly members: Uint8Array;
}

/** Rows of each kind that the attacker asks about. */
const MOST_ASKED = 2_000;
const FEWEST_HELD_OUT = 20;

/**
 * @param random picks who is asked about, and parts the holdout.
 * @throws TypeError where the tables' columns differ in kind.
 */
export function* membership(
  synthetic: Table,
  train: Table,
  holdout: Table,
  random: Random,
): Work<Membership | Uncomputable> {
  if (synthetic.rows === 0 || train.rows === 0 || holdout.rows < FEWEST_HELD_OUT)
    return {
      why: t`The attack needs synthetic and training rows and at least ${FEWEST_HELD_OUT} that were held out.`,
    };
  const order = random.permutation(holdout.rows);
  const population = selectRows(holdout, order.slice(0, holdout.rows >> 1));
  const outsiders = selectRows(holdout, order.slice(holdout.rows >> 1).slice(0, MOST_ASKED));
  const members = selectRows(train, random.permutation(train.rows).slice(0, MOST_ASKED));
  const attack = function* (asked: Table, from: number, to: number): Work<Float64Array> {
    const middle = (from + to) / 2;
    const near = yield* part(nearestDistances(asked, synthetic, train), from, middle);
    const usual = yield* part(nearestDistances(asked, population, train), middle, to);
    // A row that both have is no sign; one that the synthetic table alone has is the strongest there is.
    return usual.map((distance, row) => Math.log((distance + 1e-9) / (near[row]! + 1e-9)));
  };
  const inside = yield* attack(members, 0, 0.5);
  const outside = yield* attack(outsiders, 0.5, 1);
  const scores = Float64Array.of(...inside, ...outside);
  const flags = new Uint8Array(scores.length).fill(1, 0, inside.length);
  const area = auc(scores, flags);
  return { auc: area, protection: membershipProtection(area), scores, members: flags };
}

export const membershipProtection = (area: number): number => 1 - Math.max(0, 2 * area - 1);
