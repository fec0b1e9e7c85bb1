/** Two arms of an experiment held against each other: who, the figures, and the verdict in words. */
import type { Arm } from "./arms.ts";
import { judge, verdictWords, type Judging, type Verdict } from "./verdict.ts";

export type ArmKey = Omit<Arm, "tested">;

export interface Contest {
  /** What `arm` is held against. */
  readonly against: ArmKey;
  readonly arm: ArmKey;
  readonly verdict: Verdict;
  readonly words: string;
}

/** @param change, whose as for `verdictWords`. */
export function contest(against: Arm, arm: Arm, judging: Judging, change: string, whose: string): Contest {
  const verdict = judge(against, arm, judging);
  const key = ({ name, learner, real, made }: Arm): ArmKey => ({ name, learner, real, made });
  return { against: key(against), arm: key(arm), verdict, words: verdictWords(verdict, change, whose) };
}
