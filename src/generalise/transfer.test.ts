import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { independentColumns } from "../quality/references.ts";
import { random } from "../random/random.ts";
import { transfer, type TransferOptions } from "./transfer.ts";
import { clinicRows } from "./testing/clinic.ts";

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];
const options: TransferOptions = { target: "outcome", learners: ["boosting"], measures: ["auc"] };
/** Few rows of the north; of the south, where x1 means the opposite, as many as one likes. */
const target = seeds.map((seed) => clinicRows(30, seed, { north: 1 }));
const test = clinicRows(2_000, 99, { north: 1 });

describe("transfer", () => {
  it("tells a source that helps from one that helps less, and makers from one another", () => {
    const near = seeds.map((seed) => clinicRows(800, 20 + seed, { north: 1 }));
    const noise = target.map((rows, i) => independentColumns(rows, 800, random(i)));
    const { result } = finish(
      transfer(
        { target, source: near, synthetic: { "from scratch": noise, "carried over": near }, test },
        options,
      ),
    );
    const of = (arm: string, against = "target") =>
      result.contests.find((each) => each.arm.name === arm && each.against.name === against)!;
    expect(of("source").words).toMatch(/^Gain: /);
    expect(of("source and target").words).toMatch(/^Gain: /);
    expect(of("from scratch").verdict.outcome).not.toBe("gain");
    expect(of("carried over", "from scratch").words).toMatch(/^Gain: /);
    expect(of("carried over", "from scratch").words).toContain(
      "adding 800 synthetic rows (carried over) to 30 real ones of the target, rather than 800 (from scratch), moves",
    );
    // The same rows beside the same target, called once the source's and once synthetic: neither is better.
    expect(of("carried over", "source and target").verdict.outcome).toBe("no gain");
    expect(of("from scratch", "source and target").words).toMatch(
      /^Harm: .*rather than 800 of the source, moves/,
    );
    const far = seeds.map((seed) => clinicRows(800, 20 + seed, { north: 0 }));
    const other = finish(transfer({ target, source: far, synthetic: {}, test }, options)).result;
    const alone = other.contests.find(({ arm }) => arm.name === "source")!;
    expect(alone.verdict.after).toBeLessThan(of("source").verdict.after - 0.05);
    expect(structuredClone(result)).toEqual(result);
  });
});
