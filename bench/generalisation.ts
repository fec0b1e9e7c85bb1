import { makeDataset } from "../src/datasets/builtin.ts";
import { parseModelSpec } from "../src/catalog/spec.ts";
import { openNodeBackend } from "../src/engine/testing/nodeBackend.ts";
import { learningCurves } from "../src/generalise/curve.ts";
import { rareClass } from "../src/generalise/rare.ts";
import { splitRows } from "../src/encode/split.ts";
import { random } from "../src/random/random.ts";
import { modelMaker } from "../src/sessions/makers.ts";
import { selectRows } from "../src/table/typed.ts";

export async function main(args: readonly string[]): Promise<number> {
  await openNodeBackend("wasm");
  const { table } = makeDataset("loans", 7);
  const { train, holdout } = splitRows(table.rows, 0.4, random(7).fork("split"));
  const tables = { train: selectRows(table, train), holdout: selectRows(table, holdout) };
  for (const arg of args) {
    const o = JSON.parse(arg);
    const maker = modelMaker(parseModelSpec(o.model), o.steps ?? 0, () => performance.now());
    const seeds = o.seeds ?? [1, 2, 3, 4, 5];
    const t0 = performance.now();
    let last = t0, longest = 0;
    const work = o.kind === "rare"
      ? rareClass(tables, { target: o.target ?? "default", positive: o.positive ?? "yes", sizes: o.sizes, share: o.share ?? 0.3, seeds, learners: o.learners ?? ["boosting", "linear", "forest"], measures: o.measures ?? ["averagePrecision", "auc", "f1", "recall"] }, maker)
      : learningCurves(tables, { target: o.target ?? "default", sizes: o.sizes, multiples: o.multiples ?? [1, 4], mostSynthetic: 20000, seeds, learners: o.learners ?? ["boosting", "linear"], measures: o.measures ?? ["auc"], positive: "yes" }, maker);
    let result;
    for (;;) {
      const { done, value } = await work.next();
      const now = performance.now();
      longest = Math.max(longest, now - last); last = now;
      if (done === true) { result = (value as any).result; break; }
    }
    console.log(`\n## ${arg} ${((performance.now() - t0) / 1000).toFixed(1)} s, longest ${longest.toFixed(0)} ms`);
    for (const c of (result as any).contests) { const v = c.verdict; const se = Math.hypot(v.seedError, v.testError); const z = v.difference / se; if (o.words) console.log(c.words); else console.log((Math.abs(z) > 3 ? (v.difference > 0 ? "+++ " : "--- ") : "    ") + `${c.arm.name}/${c.against.name} ${c.arm.learner} n${c.arm.real}+${c.arm.made} ${v.measure} ${v.before.toFixed(3)}→${v.after.toFixed(3)} ${v.difference.toFixed(3)} seeds±${v.seedError.toFixed(4)} test±${v.testError.toFixed(4)} z ${z.toFixed(1)} ${v.outcome}`); }
    for (const a of (result as any).arms) if (o.all) console.log(a.name, a.learner, a.real, a.made, JSON.stringify(a.tested.map((t: any) => t.why ?? Object.fromEntries(Object.entries(t.scores).map(([k, v]: any) => [k, +v.toFixed(3)])))));
    for (const n of (result as any).notes) console.log("-", n);
  }
  return 0;
}
