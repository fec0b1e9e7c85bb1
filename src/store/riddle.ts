/** How well marks tell synthetic rows from real ones. */

/**
 * AUC of marks that are either there or not: the mean of the share of synthetic rows that are marked and the share of real
 * rows that are not. ½ is what guessing comes to on average. @returns NaN where rows of one kind are missing.
 */
export function aucOfMarks(marks: readonly boolean[], synthetic: readonly boolean[]): number {
  let [hits, right] = [0, 0];
  marks.forEach((marked, i) => {
    if (synthetic[i] === true && marked) hits++;
    if (synthetic[i] === false && !marked) right++;
  });
  const made = synthetic.filter(Boolean).length;
  return (hits / made + right / (synthetic.length - made)) / 2;
}

/** AUC of chances by row: how often a synthetic row has the greater one, ties counted half. (Mann & Whitney 1947.) */
export function aucOfChances(chances: readonly number[], synthetic: readonly boolean[]): number {
  let [sum, pairs] = [0, 0];
  for (let i = 0; i < chances.length; i++)
    for (let j = 0; j < chances.length; j++) {
      if (synthetic[i] !== true || synthetic[j] !== false) continue;
      pairs++;
      sum += chances[i]! > chances[j]! ? 1 : chances[i] === chances[j] ? 0.5 : 0;
    }
  return sum / pairs;
}

/** How likely somebody who marks as many rows at random does as well, or better (the hypergeometric tail). */
export function luck(marks: readonly boolean[], synthetic: readonly boolean[]): number {
  const rows = synthetic.length;
  const made = synthetic.filter(Boolean).length;
  const marked = marks.filter(Boolean).length;
  const hits = marks.filter((mark, i) => mark && synthetic[i]).length;
  let sum = 0;
  for (let k = hits; k <= Math.min(made, marked); k++)
    sum += choose(made, k) * choose(rows - made, marked - k);
  return sum / choose(rows, marked);
}

function choose(n: number, k: number): number {
  if (k < 0 || k > n) return 0;
  let ways = 1;
  for (let i = 1; i <= k; i++) ways = (ways * (n - k + i)) / i;
  return ways;
}
