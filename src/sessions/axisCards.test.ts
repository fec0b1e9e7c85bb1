import { describe, expect, it } from "vitest";
import { finish } from "../downstream/work.ts";
import { fitEncoder } from "../encode/encoder.ts";
import type { AxisCard } from "../protocol/report.ts";
import { allRows } from "../quality/compared.ts";
import { report } from "../quality/report.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { numbers } from "../table/testing/columns.ts";
import { axisCards } from "./axisCards.ts";

const rows = (count: number, seed: number): Table => {
  const stream = random(seed);
  const values = (): number[] => Array.from({ length: count }, () => stream.normal());
  return { columns: [numbers("x", values()), numbers("y", values())], rows: count };
};

/** The card of an axis beside so many rows that were held out. */
function cardOf(name: AxisCard["name"], heldOut: number): AxisCard {
  const train = rows(80, 1);
  const encoder = fitEncoder(train, allRows(train), { numeric: "standard" });
  const question = {
    encode: (table: Table, of: Int32Array) => encoder.encode(table, of),
    random: random(4),
  };
  const full = finish(report({ train, holdout: rows(heldOut, 2), synthetic: rows(80, 3) }, question));
  return axisCards(full).find((card) => card.name === name)!;
}

describe("a gauge that stands beside nothing says why", () => {
  it("where the holdout is too small to be halved", () => {
    const { measured, holdout, standing, verdict } = cardOf("privacy", 39);
    expect(measured).toHaveProperty("value");
    expect(holdout).toHaveProperty("why");
    expect(standing).toBe("alone");
    expect(verdict).toBe(
      "Fresh real rows have no figure to stand beside: they are the holdout's halves, which take 20 rows each, and 39 rows were held out.",
    );
  });

  it("and stands beside its halves from twice as many rows on", () => {
    const { holdout, standing, verdict } = cardOf("privacy", 40);
    expect(holdout).toHaveProperty("value");
    expect(standing).not.toBe("alone");
    expect(verdict).not.toContain("no figure");
  });

  it("where nothing was held out", () => {
    expect(cardOf("fidelity", 0).verdict).toBe("No rows were held out that it could stand beside.");
    expect(cardOf("stability", 0).verdict).toBe("");
  });
});
