/** A report's figures as text: the same digits everywhere, so that they can be held against a saved page. */
import { decimal } from "../../language/words.ts";
import type { PartCard } from "../../protocol/report.ts";
import { minus } from "../kit/format.ts";

export type Measured = PartCard["measured"];

export const valueOf = (measured: Measured): number => ("value" in measured ? measured.value : NaN);

export const two = (measured: Measured): string => digits(measured, 2);
export const three = (measured: Measured): string => digits(measured, 3);

function digits(measured: Measured, places: number): string {
  return "value" in measured ? minus(decimal(measured.value.toFixed(places))) : "–";
}

export const signed = (value: number | null): string =>
  value === null ? "–" : minus(decimal(value.toFixed(2)));

/** "± 0.02"; what is too small for two digits says so. */
export const spreadWords = (spread: number): string =>
  spread < 0.005 ? decimal("± <0.01") : `± ${decimal(spread.toFixed(2))}`;
