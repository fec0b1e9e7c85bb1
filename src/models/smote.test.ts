import { beforeAll, expect, it } from "vitest";
import type { Span } from "../encode/span.ts";
import { tensorRandom } from "../engine/noise.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { random } from "../random/random.ts";
import { copy } from "./copy.ts";
import { smote } from "./smote.ts";

const spans: readonly Span[] = [
  { kind: "numeric", start: 0, width: 1, column: 0, label: "x" },
  { kind: "numeric", start: 1, width: 1, column: 1, label: "y" },
  { kind: "category", start: 2, width: 2, column: 2, label: "side" },
];
/** Two clusters far apart, and a category that says which. */
const source = random(1);
const values = Float32Array.from({ length: 200 * 4 }, (_, i) => {
  const side = Math.floor(i / 4) % 2;
  return [side * 20 + source.normal(), source.normal(), 1 - side, side][i % 4]!;
});

beforeAll(async () => void (await openNodeBackend("cpu")));

it("SMOTE's rows lie between near rows, with the category of one of them", async () => {
  const drawn = smote(spans, 4, values, { neighbours: 5 }).sample(300, tensorRandom(random(2)));
  const made = (await drawn.data()) as Float32Array;
  const real = new Set(Array.from({ length: 200 }, (_, i) => values.subarray(i * 4, i * 4 + 2).join()));
  let copies = 0;
  for (let i = 0; i < 300; i++) {
    const [x, y, left, right] = made.subarray(i * 4, i * 4 + 4) as unknown as number[];
    expect(Math.min(Math.abs(x!), Math.abs(x! - 20))).toBeLessThan(4);
    expect(left! + right!).toBe(1);
    expect(right).toBe(x! > 10 ? 1 : 0);
    if (real.has([x, y].join())) copies++;
  }
  expect(copies).toBeLessThan(5);
  drawn.dispose();
});

it("a copy's rows are training rows", async () => {
  const drawn = copy(4, values).sample(50, tensorRandom(random(2)));
  const made = (await drawn.data()) as Float32Array;
  const real = new Set(Array.from({ length: 200 }, (_, i) => values.subarray(i * 4, i * 4 + 4).join()));
  for (let i = 0; i < 50; i++) expect(real.has(made.subarray(i * 4, i * 4 + 4).join())).toBe(true);
  drawn.dispose();
});
