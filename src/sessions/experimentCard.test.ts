import { describe, expect, it } from "vitest";
import type { ExperimentChoice } from "../catalog/experiments.ts";
import type { Adaptation } from "../generalise/adaptation.ts";
import type { Contest } from "../generalise/contest.ts";
import { bothReal } from "../generalise/transfer.ts";
import type { Outcome } from "../generalise/verdict.ts";
import { experimentCard } from "./experimentCard.ts";

const choice: ExperimentChoice = {
  kind: "transfer",
  target: "income",
  sizes: [40],
  multiple: 10,
  share: 0.5,
  seeds: 3,
  steps: 100,
  learners: ["boosting"],
  measures: ["auc"],
};

/** A transfer whose comparisons ended so: adapted rows and the source's against the target alone, and against each other. */
function headline(adapted: Outcome, source: Outcome, rival: Outcome): string {
  const arm = (name: string) => ({ name, learner: "boosting" as const, real: 40, made: 0 });
  const contest = (name: string, against: string, outcome: Outcome): Contest => ({
    arm: arm(name),
    against: arm(against),
    verdict: { outcome, measure: "auc", before: 0.7, after: 0.8 } as Contest["verdict"],
    words: "",
  });
  const result: Adaptation = {
    kind: "transfer",
    options: choice,
    maker: { name: "VAE", learnsFrom: "training rows" } as unknown as Adaptation["maker"],
    rows: { train: 400, test: 100 },
    arms: [],
    notes: [],
    contests: [
      contest("carried over", "target", adapted),
      contest(bothReal, "target", source),
      contest("carried over", bothReal, rival),
    ],
  };
  return experimentCard(result, choice, 1).headline.words;
}

describe("the headline of a transfer", () => {
  it("says so where the source's own rows do more than synthetic ones", () => {
    expect(headline("gain", "gain", "harm")).toBe("They help, but the source’s real rows help more");
    expect(headline("no gain", "gain", "harm")).toBe("No gain; the source’s real rows help");
    expect(headline("harm", "gain", "harm")).toBe("They do harm; the source’s real rows help");
  });

  it("says nothing of them where they do no better, or nobody can tell", () => {
    expect(headline("gain", "gain", "no gain")).toBe("They help");
    expect(headline("gain", "no gain", "undecided")).toBe("They help");
    expect(headline("no gain", "undecided", "undecided")).toBe("No gain");
  });
});
