/** Numbers as people read them here: British grouping, few digits, no surprise. */

import { count, decimal } from "../../language/words.ts";

/** 0.043 -> "4.3 %", 0.4 -> "40 %"; a share that rounds to nothing but is not nothing says so. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return "–";
  const value = share * 100;
  if (value > 0 && value < 0.1) return decimal("<0.1 %");
  if (value > 99.9 && value < 100) return decimal(">99.9 %");
  return `${value < 10 && value > 0 ? decimal(trim(value.toFixed(1))) : value.toFixed(0)} %`;
}

/** Four significant digits, exponents only where the figure would not fit: 0.6931, 12.34, 1.2e-7. */
export function short(value: number, digits = 4): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "–" : value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  if (size === 0) return "0";
  const text =
    size >= 1e6 || size < 1e-4 ? value.toExponential(Math.max(0, digits - 2)) : value.toPrecision(digits);
  return decimal(minus(text.includes("e") ? text : trim(text)));
}

/** Seconds as a stopwatch shows them: "0:07", "12:30", "1:02:03". */
export function stopwatch(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const pad = (n: number): string => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(whole % 60)}` : `${minutes}:${pad(whole % 60)}`;
}

/** Steps a second: whole numbers from ten up. */
export const rate = (perSecond: number): string =>
  perSecond >= 10 ? count(Math.round(perSecond)) : decimal(perSecond.toFixed(1));

/** The typographic minus, so that figures line up and read as numbers. */
export const minus = (text: string): string => text.replace(/^-/, "−");

function trim(decimal: string): string {
  return decimal.includes(".") ? decimal.replace(/\.?0+$/, "") : decimal;
}
