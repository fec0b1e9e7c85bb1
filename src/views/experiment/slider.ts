/** A slider runs from 0 to 1000 whatever it stands for; these two functions are the way there and back. */
import type { NumberSetting } from "../../catalog/setting.ts";

export const slots = 1_000;

const isLog = (setting: NumberSetting): boolean => setting.scale === "log" && setting.min > 0;

export function toSlot(setting: NumberSetting, value: number): number {
  const { min, max } = setting;
  const clamped = Math.min(max, Math.max(min, value));
  const share = isLog(setting)
    ? Math.log(clamped / min) / Math.log(max / min)
    : (clamped - min) / (max - min);
  return Math.round(share * slots);
}

/** Rounded to what a person would type: two significant digits, or whole numbers. */
export function fromSlot(setting: NumberSetting, slot: number): number {
  const { min, max } = setting;
  if (slot <= 0) return min;
  if (slot >= slots) return max;
  const share = slot / slots;
  const exact = isLog(setting) ? min * (max / min) ** share : min + share * (max - min);
  const rounded = setting.whole
    ? Math.round(exact)
    : isLog(setting)
      ? Number(exact.toPrecision(2))
      : Number(exact.toFixed(Math.max(0, 2 - Math.floor(Math.log10(max - min)))));
  return Math.min(max, Math.max(min, rounded));
}
