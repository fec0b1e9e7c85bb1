import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { detectNumberFormat, formatNumber, parseNumber, plainNumber } from "./number.ts";
import type { NumberFormat } from "./table.ts";

const formats: readonly NumberFormat[] = [
  plainNumber,
  { ...plainNumber, decimals: 3 },
  { ...plainNumber, decimals: 2, minDecimals: 2 },
  { decimals: 2, decimalMark: ".", thousandsMark: ",", prefix: "$", suffix: "" },
  { decimals: 4, decimalMark: ",", thousandsMark: ".", prefix: "", suffix: " €", minDecimals: 4 },
  { decimals: 0, decimalMark: ".", thousandsMark: "'", prefix: "", suffix: "" },
  { decimals: 1, decimalMark: ",", thousandsMark: " ", prefix: "", suffix: "%" },
  { decimals: 20, decimalMark: ".", thousandsMark: "", prefix: "", suffix: "" },
];

describe("parseNumber and formatNumber", () => {
  it("are inverse on what a format writes", () => {
    const number = fc.oneof(
      fc.integer(),
      fc.maxSafeInteger(),
      fc.double({ noDefaultInfinity: true, noNaN: true }),
      fc.integer().map((n) => n / 100),
      fc.constantFrom(1e308, -1e308, 5e-324, 1e21, 123456789012345680000, 1e-7, 0.000001, -0, 999.995, 1.005),
    );
    fc.assert(
      fc.property(number, fc.constantFrom(...formats), (value, format) => {
        const text = formatNumber(value, format);
        const again = parseNumber(text, format);
        expect(Number.isFinite(again)).toBe(true);
        expect(formatNumber(again, format)).toBe(text);
        // Half of the last decimal, and what a double can't tell apart
        if (format.decimals < 20)
          expect(Math.abs(again - value)).toBeLessThanOrEqual(
            0.5 * 10 ** -format.decimals + Math.abs(value) * 2e-16,
          );
        else if (Math.abs(value) < 1e-6 || Number.isInteger(value)) expect(again).toBeCloseTo(value, 15);
      }),
      { numRuns: 3000 },
    );
  });

  it("write back the spelling of a column", () => {
    const columns = [
      ["1.50", "2.25", "-3.00", "1000.10"],
      ["1.0", "0.25", "-12.125", "300.0"],
      ["0.1", "0.25", "3", "-12.125"],
      ["$1,234.50", "-$99.00", "$0.05"],
      ["1.234.567,5", "12,25", "-3"],
      ["0.30000000000000004", "1.005", "179.08"],
      ["1e308", "-1e300", "5"],
      [" 39", " -5"],
      ["12 %", "7 %"],
      ["0.000001", "0.0000005"],
    ];
    for (const cells of columns) {
      const { format, unread } = detectNumberFormat(cells);
      expect(unread).toEqual([]);
      expect(cells.map((cell) => formatNumber(parseNumber(cell, format), format))).toEqual(cells);
    }
  });

  it("keep as many decimals as the column has and no sign on a rounded zero", () => {
    expect(formatNumber(2.71828, { ...plainNumber, decimals: 2 })).toBe("2.72");
    expect(formatNumber(2.5, { ...plainNumber, decimals: 2 })).toBe("2.5");
    expect(formatNumber(2.5, { ...plainNumber, decimals: 2, minDecimals: 2 })).toBe("2.50");
    expect(formatNumber(2.999, { ...plainNumber, decimals: 2 })).toBe("3");
    expect(formatNumber(-0.001, { ...plainNumber, decimals: 2 })).toBe("0");
    expect(formatNumber(NaN, plainNumber)).toBe("");
  });

  it("read nothing into cells of another format", () => {
    for (const text of [
      "",
      "x",
      "1,5",
      "1.2.3",
      "--1",
      "1e999",
      "Infinity",
      "NaN",
      "0x10",
      "1 2",
      "5%",
      "１２",
    ]) {
      expect(parseNumber(text, plainNumber)).toBeNaN();
    }
  });

  it("are not slow on long digits", () => {
    expect(parseNumber("9".repeat(100_000), plainNumber)).toBeNaN();
    expect(detectNumberFormat([`${"1,".repeat(5000)}x`, `${" ".repeat(5000)}x`]).unread).toEqual([0, 1]);
  });
});
