/** Typed access to completed settings; a wrong kind is a programming error and says so. */
import type { Settings } from "../catalog/setting.ts";

export interface Choices {
  number(key: string): number;
  choice(key: string): string;
  sizes(key: string): readonly number[];
  on(key: string): boolean;
}

export function choices(settings: Settings): Choices {
  const read = <T>(key: string, fits: (value: unknown) => boolean): T => {
    const value = settings[key];
    if (!fits(value)) throw new Error(`The setting "${key}" has no usable value (${String(value)}).`);
    return value as T;
  };
  return {
    number: (key) => read(key, (value) => typeof value === "number"),
    choice: (key) => read(key, (value) => typeof value === "string"),
    sizes: (key) => read(key, Array.isArray),
    on: (key) => read(key, (value) => typeof value === "boolean"),
  };
}
