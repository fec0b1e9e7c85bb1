/**
 * Words of a command line to values, strictly: an unknown option, a missing or
 * superfluous value is a `Misuse` with the nearest option's name. Splitting is
 * Node's own (`util.parseArgs`), so are `--rows=5`, `-n5` and `--`.
 */
import { parseArgs } from "node:util";
import { Misuse } from "./terminal.ts";

export interface OptionSpec {
  readonly type: "string" | "boolean";
  readonly short?: string;
  readonly multiple?: boolean;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

export interface Words {
  readonly positionals: readonly string[];
  on(option: string): boolean;
  /** The last one given. */
  text(option: string): string | undefined;
  texts(option: string): readonly string[];
  /** @throws Misuse unless it is a number within the bounds, whole where asked. */
  number(option: string, bounds: Bounds): number | undefined;
  /** @throws Misuse unless it is one of these. */
  choice<T extends string>(option: string, among: readonly T[]): T | undefined;
}

export interface Bounds {
  readonly least: number;
  readonly most?: number;
  readonly whole?: boolean;
}

/** @throws Misuse in words. */
export function readWords(args: readonly string[], specs: OptionSpecs): Words {
  const { tokens, positionals } = parseArgs({
    args: [...args],
    options: specs,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, (string | true)[]>();
  for (const token of tokens) {
    if (token.kind !== "option") continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined)
      throw new Misuse(`There is no option ${token.rawName}.${nearest(token.name, specs)}`);
    const { value, inlineValue } = token;
    if (spec.type === "boolean") {
      if (value !== undefined) throw new Misuse(`--${token.name} takes no value, but was given "${value}".`);
    } else if (value === undefined || (inlineValue === false && looksLikeOption(value)))
      throw new Misuse(`--${token.name} wants a value after it.`);
    given.set(token.name, [...(given.get(token.name) ?? []), value ?? true]);
  }
  const texts = (option: string): readonly string[] =>
    (given.get(option) ?? []).filter((value) => typeof value === "string");
  const text = (option: string): string | undefined => texts(option).at(-1);
  return {
    positionals,
    on: (option) => given.has(option),
    text,
    texts,
    number(option, { least, most = Infinity, whole = false }) {
      const said = text(option);
      if (said === undefined) return undefined;
      const value = said.trim() === "" ? NaN : Number(said);
      if (value >= least && value <= most && Number.isFinite(value) && (!whole || Number.isInteger(value)))
        return value;
      const range = most === Infinity ? `of at least ${least}` : `from ${least} to ${most}`;
      throw new Misuse(`--${option} must be a ${whole ? "whole number" : "number"} ${range}, not "${said}".`);
    },
    choice(option, among) {
      const said = text(option);
      const known = among.find((each) => each === said);
      if (said !== undefined && known === undefined)
        throw new Misuse(`--${option} must be one of ${among.join(", ")}, not "${said}".`);
      return known;
    },
  };
}

/** "-" is a file, "-3" a number; "-x" and "--x" are options whose own value was forgotten. */
const looksLikeOption = (text: string): boolean => /^-(-|[a-z])/i.test(text);

/** " Did you mean --steps?", where an option is one or two letters away. */
function nearest(name: string, specs: OptionSpecs): string {
  const [best] = Object.keys(specs)
    .map((option) => ({ option, off: distance(name, option) }))
    .toSorted((a, b) => a.off - b.off);
  return best !== undefined && best.off <= 2 && best.off < name.length
    ? ` Did you mean --${best.option}?`
    : "";
}

/** Letters to insert, delete or replace to get from one word to the other (Levenshtein 1966). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(next[j - 1]! + 1, row[j]! + 1, row[j - 1]! + Number(a[i - 1] !== b[j - 1])));
    row = next;
  }
  return row[b.length]!;
}
