/**
 * Minimises a smooth convex function by its gradients: J. Nocedal, Updating
 * Quasi-Newton Matrices with Limited Storage, 1980 (L-BFGS, two-loop recursion),
 * with a step that is halved until the function falls enough (Armijo).
 */

/** Value at `x`; writes the gradient into `gradient`. */
export type Objective = (x: Float64Array, gradient: Float64Array) => number;

/** Pairs of differences that stand for the curvature. */
const MEMORY = 10;

/**
 * Starts at `x` and leaves the minimum in it. Yields after every step.
 *
 * @param tolerance ends when no component of the gradient is larger.
 */
export function* minimise(
  f: Objective,
  x: Float64Array,
  tolerance: number,
  mostSteps: number,
): Generator<void, void> {
  const n = x.length;
  let gradient = new Float64Array(n);
  let next = new Float64Array(n);
  let value = f(x, gradient);
  const pairs: { readonly s: Float64Array; readonly y: Float64Array; readonly sy: number }[] = [];
  const trial = new Float64Array(n);
  for (let step = 0; step < mostSteps; step++) {
    if (gradient.every((slope) => Math.abs(slope) <= tolerance)) return;
    const direction = directionOf(gradient, pairs);
    const slope = dot(direction, gradient);
    let size = pairs.length === 0 ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    let reached: number;
    for (;;) {
      for (let i = 0; i < n; i++) trial[i] = x[i]! + size * direction[i]!;
      reached = f(trial, next);
      if (reached <= value + 1e-4 * size * slope) break;
      size /= 2;
      if (size < 1e-12) return; // nothing left to gain within the precision of a double
    }
    const s = trial.map((at, i) => at - x[i]!);
    const y = next.map((slopeThere, i) => slopeThere - gradient[i]!);
    const sy = dot(s, y);
    if (sy > 0) pairs.push({ s, y, sy });
    if (pairs.length > MEMORY) pairs.shift();
    x.set(trial);
    [gradient, next] = [next, gradient];
    value = reached;
    yield;
  }
}

/** -H⁻¹ gradient, with H as the last pairs tell it. */
function directionOf(
  gradient: Float64Array,
  pairs: readonly { readonly s: Float64Array; readonly y: Float64Array; readonly sy: number }[],
): Float64Array {
  const q = gradient.map((slope) => -slope);
  const alphas = pairs.map(() => 0);
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { s, y, sy } = pairs[i]!;
    alphas[i] = dot(s, q) / sy;
    addTo(q, y, -alphas[i]!);
  }
  const last = pairs.at(-1);
  if (last !== undefined) {
    const scale = last.sy / dot(last.y, last.y);
    for (let i = 0; i < q.length; i++) q[i]! *= scale;
  }
  pairs.forEach(({ s, y, sy }, i) => addTo(q, s, alphas[i]! - dot(y, q) / sy));
  return q;
}

function addTo(to: Float64Array, other: Float64Array, factor: number): void {
  for (let i = 0; i < to.length; i++) to[i]! += factor * other[i]!;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}
