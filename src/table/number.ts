/**
 * Numbers as people write them, and back. A column has one `NumberFormat`;
 * reading is strict about it, so that a cell is never half understood.
 */
import type { NumberFormat } from "./table.ts";

export const plainNumber: NumberFormat = {
  decimals: 0,
  decimalMark: ".",
  thousandsMark: "",
  prefix: "",
  suffix: "",
};

/** Digits after the mark that a column keeps at most; a double holds no more. */
const mostDecimals = 20;
/** Cells that show whether a column is worth reading as numbers. */
const looked = 400;

const currency =
  "(?:[$€£¥₹₩₽₺₫฿]|[A-Z]{1,2}\\$|R\\$|(?:USD|EUR|GBP|CHF|JPY|CNY|INR|AUD|CAD|SEK|NOK|DKK|PLN|CZK|BRL|MXN)(?=\\s))";
const unit =
  "(?:%|‰|°[CF]?|[$€£¥₹₽₺₫]|USD|EUR|GBP|CHF|JPY|CNY|SEK|NOK|DKK|PLN|CZK|" +
  "kg|g|mg|lbs?|oz|km|m|cm|mm|mi|ft|in|ml|l|L|hrs?|h|min|sec|s|ms|years?|yrs?|days?|kWh|kW|W|V|A|GB|MB|kB|TB|mph|km/h|bpm|bhp|hp|cc|CC)";
const shape = new RegExp(
  `^(\\s*)([-+−]?)(${currency}\\s?)?([-+−]?)(\\d[\\d.,' \\u00a0\\u202f]*|[.,]\\d+)((?:[eE][-+]?\\d+)?)(\\s?${unit})?(\\s*)$`,
);

/** One cell taken apart; the digits still carry their marks. */
interface Parts {
  readonly sign: string;
  readonly digits: string;
  readonly exponent: string;
  readonly prefix: string;
  readonly suffix: string;
}

/** By far the most cells; worth a quick look before the long expression. */
const plainShape = /^(-?)(\d+(?:\.\d+)?)$/;

function takeApart(text: string): Parts | undefined {
  if (text.length > 400) return undefined;
  const plain = plainShape.exec(text);
  if (plain !== null) return { sign: plain[1]!, digits: plain[2]!, exponent: "", prefix: "", suffix: "" };
  const match = shape.exec(text);
  if (match === null) return undefined;
  const [
    ,
    before = "",
    outer = "",
    money = "",
    inner = "",
    digits = "",
    exponent = "",
    tail = "",
    after = "",
  ] = match;
  if (outer !== "" && inner !== "") return undefined;
  const blank = /[ \u00a0\u202f]+$/.exec(digits)?.[0] ?? "";
  return {
    sign: outer || inner,
    digits: blank === "" ? digits : digits.slice(0, -blank.length),
    exponent,
    prefix: before + money,
    suffix: blank + tail + after,
  };
}

interface Marks {
  readonly decimalMark: "." | ",";
  readonly thousandsMark: NumberFormat["thousandsMark"];
  readonly pattern: RegExp;
}

/** In the order of preference: the first that fits every cell is the column's. */
const spellings: readonly Marks[] = [
  { decimalMark: ".", thousandsMark: "", pattern: /^(?:\d+\.?\d*|\.\d+)$/ },
  { decimalMark: ".", thousandsMark: ",", pattern: /^(?:\d{1,3}|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?$/ },
  { decimalMark: ",", thousandsMark: "", pattern: /^(?:\d+(?:,\d+)?|,\d+)$/ },
  { decimalMark: ",", thousandsMark: ".", pattern: /^(?:\d{1,3}|[1-9]\d{0,2}(?:\.\d{3})+)(?:,\d+)?$/ },
  {
    decimalMark: ".",
    thousandsMark: " ",
    pattern: /^(?:\d{1,3}|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+)(?:\.\d+)?$/,
  },
  {
    decimalMark: ",",
    thousandsMark: " ",
    pattern: /^(?:\d{1,3}|[1-9]\d{0,2}(?:[ \u00a0\u202f]\d{3})+)(?:,\d+)?$/,
  },
  { decimalMark: ".", thousandsMark: "'", pattern: /^(?:\d{1,3}|[1-9]\d{0,2}(?:'\d{3})+)(?:\.\d+)?$/ },
  { decimalMark: ",", thousandsMark: "'", pattern: /^(?:\d{1,3}|[1-9]\d{0,2}(?:'\d{3})+)(?:,\d+)?$/ },
];

function patternOf(format: NumberFormat): RegExp {
  return spellings.find(
    (s) => s.decimalMark === format.decimalMark && s.thousandsMark === format.thousandsMark,
  )!.pattern;
}

/** What a set of cells says about how its column writes numbers. */
export interface NumberReading {
  readonly format: NumberFormat;
  /** Positions in `texts` of the cells that are no number in this format. */
  readonly unread: readonly number[];
  /** Cells such as 00123 or +4412345678, whose zeros or sign a number would lose. */
  readonly codes: number;
  /** Integers beyond 2^53, which a double would round. */
  readonly tooBig: number;
  /** More than 17 significant digits: readable, but not to the last digit. */
  readonly tooLong: number;
  /** "1,234" could have been a decimal comma too; nothing in the column told. */
  readonly ambiguous: boolean;
}

/**
 * Finds the format that reads most of the cells; of equals the plainer one.
 * One column has one format: prefix, suffix and marks must agree in all cells read.
 */
export function detectNumberFormat(texts: readonly string[]): NumberReading {
  // A column whose beginning is mostly words is not looked at any further.
  const hopeless = texts.length > looked && texts.slice(0, looked).filter(takeApart).length < looked / 4;
  const parts = texts.map((text, i) => (hopeless && i >= looked ? undefined : takeApart(text)));
  const usual = mostCommon(parts.map(affixes));
  const used = parts.map((part) => (affixes(part) === usual ? part : undefined));
  // Blanks around the digits belong to the format only where every cell has the same ones.
  const same = (get: (part: Parts) => string): string => {
    let one: string | undefined;
    for (const part of used) {
      if (part === undefined) continue;
      one ??= get(part);
      if (get(part) !== one) return one.trim();
    }
    return one ?? "";
  };

  const readable = used.filter((part) => part !== undefined).length;
  let best = spellings[0]!;
  let most = -1;
  for (const spelling of spellings) {
    let fits = 0;
    for (const part of used) if (part !== undefined && spelling.pattern.test(part.digits)) fits++;
    if (fits > most) {
      best = spelling;
      most = fits;
    }
    if (fits === readable) break;
  }

  const unread: number[] = [];
  let [codes, tooBig, tooLong, decimals, fewest] = [0, 0, 0, 0, Infinity];
  used.forEach((part, i) => {
    if (part === undefined || !best.pattern.test(part.digits)) {
      unread.push(i);
      return;
    }
    const [whole = "", fraction = ""] = bare(part.digits, best.thousandsMark).split(best.decimalMark);
    const wholeDigits = whole.replace(/^0+/, "");
    if (/^0\d/.test(whole) || (part.sign === "+" && whole.length >= 7)) codes++;
    if (part.exponent === "") {
      const beyond = fraction === "" && wholeDigits.length > 15 && !Number.isSafeInteger(Number(whole));
      if (beyond) tooBig++;
      else if ((wholeDigits + fraction).replace(/^0+/, "").length > 17) tooLong++;
      fewest = Math.min(fewest, fraction.length);
    }
    decimals = Math.max(
      decimals,
      fraction.length - (part.exponent === "" ? 0 : Number(part.exponent.slice(1))),
    );
  });
  decimals = Math.min(Math.max(decimals, 0), mostDecimals);
  const commas = used.filter((part) => part?.digits.includes(","));
  const ambiguous =
    (best.thousandsMark === "," || (best.decimalMark === "," && best.thousandsMark === "")) &&
    commas.length > 0 &&
    commas.every((part) => /^[1-9]\d{0,2},\d{3}$/.test(part!.digits));
  const format: NumberFormat = {
    decimals,
    decimalMark: best.decimalMark,
    thousandsMark: best.thousandsMark,
    prefix: same((part) => part.prefix),
    suffix: same((part) => part.suffix),
    ...(Number.isFinite(fewest) && fewest > 0 ? { minDecimals: Math.min(fewest, decimals) } : {}),
  };
  return { format, unread, codes, tooBig, tooLong, ambiguous };
}

/** Prefix and suffix without blanks: what all cells of a column must agree on. */
function affixes(part: Parts | undefined): string | undefined {
  if (part === undefined) return undefined;
  return part.prefix === "" && part.suffix === ""
    ? "\u0000"
    : `${part.prefix.trim()}\u0000${part.suffix.trim()}`;
}

function mostCommon(keys: readonly (string | undefined)[]): string | undefined {
  const counts = new Map<string, number>();
  let best: string | undefined;
  for (const key of keys) {
    if (key === undefined) continue;
    const n = (counts.get(key) ?? 0) + 1;
    counts.set(key, n);
    if (best === undefined || n > counts.get(best)!) best = key;
  }
  return best;
}

function bare(digits: string, thousandsMark: string): string {
  if (thousandsMark === "") return digits;
  return thousandsMark === " "
    ? digits.replace(/[ \u00a0\u202f]/g, "")
    : digits.replaceAll(thousandsMark, "");
}

/** The number a cell stands for in this format; NaN where it stands for none (1e999 and words of infinity too). */
export function parseNumber(text: string, format: NumberFormat): number {
  if (isPlain(format) && plainShape.test(text)) return finite(Number(text));
  const part = takeApart(text);
  if (
    part === undefined ||
    part.prefix.trim() !== format.prefix.trim() ||
    part.suffix.trim() !== format.suffix.trim()
  )
    return NaN;
  if (!patternOf(format).test(part.digits)) return NaN;
  const digits = bare(part.digits, format.thousandsMark).replace(",", ".");
  const value = Number(`${part.sign === "" || part.sign === "+" ? "" : "-"}${digits}${part.exponent}`);
  return finite(value);
}

function isPlain(format: NumberFormat): boolean {
  return (
    format.decimalMark === "." && format.thousandsMark === "" && format.prefix === "" && format.suffix === ""
  );
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : NaN;
}

/**
 * Writes a number the way its column does, rounded to the column's decimals.
 * Numbers of 1e21 and more, and those that the decimals would round to nothing
 * though the column keeps all a double has, are written with an exponent.
 *
 * @param value any finite number; "" comes back for NaN and infinities.
 */
export function formatNumber(value: number, format: NumberFormat): string {
  if (!Number.isFinite(value)) return "";
  let digits = fixed(Math.abs(value), format);
  const negative = value < 0 && /[1-9]/.test(digits);
  if (format.thousandsMark !== "" && !digits.includes("e")) {
    const mark = digits.search(/\D|$/);
    digits =
      digits.slice(0, mark).replace(/\B(?=(\d{3})+$)/g, format.thousandsMark) +
      digits.slice(mark).replace(".", format.decimalMark);
  } else {
    digits = digits.replace(".", format.decimalMark);
  }
  const blank = /^\s*/.exec(format.prefix)![0];
  return `${blank}${negative ? "-" : ""}${format.prefix.slice(blank.length)}${digits}${format.suffix}`;
}

function fixed(size: number, { decimals, minDecimals = 0 }: NumberFormat): string {
  const shortest = String(size);
  if (size >= 1e21 || (decimals === mostDecimals && size > 0 && size < 1e-6))
    return shortest.replace("e+", "e");
  const mark = shortest.indexOf(".");
  const own = shortest.includes("e") ? Infinity : mark < 0 ? 0 : shortest.length - mark - 1;
  const digits = own <= decimals ? shortest : size.toFixed(decimals);
  const [whole = "", fraction = ""] = digits.split(".");
  const kept = fraction.replace(/0+$/, "").padEnd(minDecimals, "0");
  return kept === "" ? whole : `${whole}.${kept}`;
}
