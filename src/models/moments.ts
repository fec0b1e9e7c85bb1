import { add, concat, detached, div, matMul, mul, slice, sqrt, sub, sum, mean, tanh } from "../engine/tf.ts";
import type { Rows, Scalar } from "../engine/tf.ts";
import type { Layout } from "./layout.ts";

export function momentGap(columns: Layout, real: Rows, fake: Rows, beside?: Rows): Scalar {
  const [n] = real.shape;
  const half = Math.floor(n / 2);
  const scaleOf = (of: Rows, mask?: Rows): Rows => {
    const p = mean(mask === undefined ? of : mul(of, mask), 0, true);
    const s = sqrt(add(p, 0.02));
    return detached(mask === undefined ? div(1, s) : div(1, add(mul(s, mask), sub(1, mask)))) as Rows;
  };
  const scale = scaleOf(real, columns.categoryMask);
  const told = beside === undefined ? undefined : (mul(beside, scaleOf(beside)) as Rows);
  const gap = (from: number): Rows => {
    const part = (of: Rows): Rows => slice(of, [from, 0], [half, of.shape[1]]) as Rows;
    const other = told === undefined ? undefined : part(told);
    const squashed = (x: Rows): Rows =>
      add(mul(x, columns.categoryMask), mul(tanh(x), columns.numericMask)) as Rows;
    const gram = (x: Rows): Rows => {
      const own = mul(squashed(part(x)), scale) as Rows;
      const all = other === undefined ? own : (concat([own, other], 1) as Rows);
      return matMul(own, all, true, false);
    };
    return add(mul(sub(gram(fake), gram(real)), 1 / half), 0) as Rows;
  };
  return sum(mul(gap(0), gap(half))) as Scalar;
}
