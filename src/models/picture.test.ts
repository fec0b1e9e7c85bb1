import { beforeAll, describe, expect, it } from "vitest";
import type { Span } from "../encode/span.ts";
import { engineMemory } from "../engine/memory.ts";
import { tensorRandom } from "../engine/noise.ts";
import { openNodeBackend } from "../engine/testing/nodeBackend.ts";
import { readValues } from "../engine/stored.ts";
import { sum, tidy, variableGrads } from "../engine/tf.ts";
import type { Scalar } from "../engine/tf.ts";
import { random } from "../random/random.ts";
import { netFor, pictureIn } from "./picture.ts";

const numbers = (count: number, from = 0): Span[] =>
  Array.from({ length: count }, (_, i) => ({
    kind: "numeric",
    start: from + i,
    width: 1,
    column: from + i,
    label: `pixel${i}`,
  }));
const label: Span = { kind: "category", start: 0, width: 10, column: 0, label: "label" };

describe("pictureIn", () => {
  it("finds squares of pixels that lie side by side, wherever the label is", () => {
    expect(pictureIn(numbers(64))).toEqual({ side: 8, start: 0 });
    expect(pictureIn([label, ...numbers(784, 10)])).toEqual({ side: 28, start: 10 });
    expect(pictureIn([...numbers(81, 0), { ...label, start: 81 }])).toEqual({ side: 9, start: 0 });
  });

  it("says in words why there is none", () => {
    expect(pictureIn(numbers(4))).toContain("A row of 4 numbers is no square picture");
    expect(pictureIn(numbers(783))).toContain("A row of 783 numbers");
    expect(pictureIn([label])).toContain("A row of 0 numbers");
    const torn = [...numbers(32), ...numbers(32, 40)];
    expect(pictureIn(torn)).toContain("don't lie side by side");
  });
});

describe("networks over pictures", () => {
  beforeAll(async () => void (await openNodeBackend("wasm")));

  it.each([
    [8, [2, 3]],
    [28, [2, 3]],
    [9, [4]],
    [11, [2, 2, 2]],
  ])(
    "of side %i with channels %j: every weight counts, and nothing is left behind",
    async (side, channels) => {
      const start = 3;
      const width = side * side + 5;
      const convolutions = { side, start, channels };
      const before = engineMemory();
      for (const [sees, makes] of [
        [[0], true],
        [[0], false],
        [[], true],
        [[0, width], false],
      ] as const) {
        const inputs = width * sees.length + 4;
        const outputs = makes ? width : 6;
        const noise = tensorRandom(random(side));
        const net = netFor(convolutions, "net", { inputs, outputs, hidden: [7, 7], sees, makes }, noise, {
          hidden: "silu",
          residual: true,
        });
        expect(net.sizes[0]).toBe(inputs);
        expect(net.sizes.at(-1)).toBe(outputs);
        expect(net.maps).toHaveLength(net.sizes.length);
        const x = noise.normal(3, inputs);
        const y = tidy(() => net.forward(x));
        expect(y.shape).toEqual([3, outputs]);
        const { value, grads } = variableGrads(
          () => tidy(() => sum(net.forward(x).square())) as Scalar,
          net.weights as never,
        );
        for (const weight of net.weights) {
          const slope = grads[weight.name]!;
          expect((await readValues(slope)).some((g) => g !== 0)).toBe(true);
          slope.dispose();
        }
        for (const part of [value, x, y, net]) part.dispose();
      }
      expect(engineMemory()).toEqual(before);
    },
  );

  it("are of plain units, and say why, where there is no picture", () => {
    const reason = pictureIn(numbers(3));
    expect(typeof reason).toBe("string");
    const plan = { inputs: 3, outputs: 3, hidden: [4], sees: [0], makes: true };
    const net = netFor(reason as string, "net", plan, tensorRandom(random(1)), { hidden: "relu" });
    expect([net.sizes, net.maps, net.note]).toEqual([[3, 4, 3], undefined, reason]);
    net.dispose();
  });
});
