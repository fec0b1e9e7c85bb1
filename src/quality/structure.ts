/**
 * Whether two tables have the same columns, stored the same way: SDMetrics'
 * TableStructure, the share of all (name, storage) pairs that both have.
 */
import type { CategoryColumn, Column, Table } from "../table/table.ts";

/**
 * What a reader that looks at the cells alone takes the column for. A gap turns whole numbers into decimals and true-or-false
 * into text, as in pandas, whose dtypes SDMetrics compares.
 */
type Storage = "whole numbers" | "decimals" | "true or false" | "date" | "text";

/** @returns 0 to 1. */
export function tableStructure(real: Table, synthetic: Table): number {
  const pairs = ({ columns }: Table): string[] =>
    columns.map((column) => `${storageOf(column)} ${column.name}`);
  const [a, b] = [new Set(pairs(real)), new Set(pairs(synthetic))];
  return [...a].filter((pair) => b.has(pair)).length / new Set([...a, ...b]).size;
}

function storageOf(column: Column): Storage {
  if (column.type === "datetime") return "date";
  if ("values" in column) {
    const whole = column.format.decimals === 0 && column.values.every((value) => Number.isInteger(value));
    return whole ? "whole numbers" : "decimals";
  }
  return storageOfTexts(column);
}

function storageOfTexts({ codes, levels }: CategoryColumn): Storage {
  const used = new Set(codes);
  const gaps = used.delete(-1);
  const texts = [...used].map((code) => levels[code]!);
  if (texts.length === 0) return "text";
  if (!gaps && texts.every((text) => /^(true|false)$/i.test(text))) return "true or false";
  if (!texts.every((text) => text.trim() !== "" && Number.isFinite(Number(text)))) return "text";
  return !gaps && texts.every((text) => /^[+-]?\d+$/.test(text)) ? "whole numbers" : "decimals";
}
