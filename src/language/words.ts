/**
 * Every sentence that a person reads, by its English pattern: "Trained for {0} steps" is looked up among the words of the
 * language that was chosen, and is itself what is said where there are none. The words are on hand before any module is
 * evaluated (`app/start` sees to that on the page, `bridge/worker` in a worker), so a constant may be a sentence too.
 */
export interface Spoken {
  /** "de": what the page's `lang` says, and what numbers and plurals go by. */
  readonly language: string;
  /** English patterns and what stands for them. Of a plural "row|rows" it is one form a category of Intl.PluralRules. */
  readonly words: Readonly<Record<string, string>>;
}

/** What is spoken here; undefined in English. A worker is told it by the page. */
export const { spoken } = globalThis as { spoken?: Spoken };

/** What numbers and dates are written by. English ones are British. */
export const locale = spoken?.language ?? "en-GB";

/** "." or ",": what stands before a number's decimals. */
const point = (0.5).toLocaleString(locale).charAt(1);

/** A number that was written with a decimal point, as the language writes it: "0.25" or "0,25". */
export const decimal = (number: string): string => (point === "." ? number : number.replace(".", point));

const placeholder = /\{(\d+)\}/gu;

type Filling = string | number | false | undefined;
const written = (value: Filling): string =>
  value === undefined || value === false ? "" : typeof value === "number" ? decimal(String(value)) : value;

/**
 * t`Trained for ${n} steps`: the sentence in the language that was chosen. A translation may put what is filled in
 * anywhere; undefined and false are nothing. `t(name)` says a name that code knows by its English word.
 */
export function t(pattern: TemplateStringsArray | string, ...values: readonly Filling[]): string {
  if (typeof pattern === "string") return spoken?.words[pattern] ?? pattern;
  if (spoken === undefined) return pattern.reduce((all, part, i) => all + written(values[i - 1]) + part);
  const english = pattern.reduce((all, part, i) => `${all}{${i - 1}}${part}`);
  return (spoken.words[english] ?? english).replace(placeholder, (_, i: string) =>
    written(values[Number(i)]),
  );
}

/** A word that is another one elsewhere: sense("Run", "verb") is looked up as "Run (verb)", and is "Run" in English. */
export const sense = (word: string, as: string): string => spoken?.words[`${word} (${as})`] ?? word;

const rules = new Intl.PluralRules(locale);

/** The form that goes with a number, without it: "row" or "rows". */
export function ofMany(n: number, one: string, many = `${one}s`): string {
  const forms = spoken?.words[`${one}|${many}`]?.split("|");
  if (forms === undefined) return n === 1 ? one : many;
  return forms[rules.resolvedOptions().pluralCategories.indexOf(rules.select(n))] ?? forms.at(-1)!;
}

const grouped = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });

/** 1234567 -> "1,234,567". */
export const count = (n: number): string => grouped.format(n);

/** "1 row", "2,000 rows". */
export const plural = (n: number, one: string, many?: string): string =>
  `${count(n)} ${ofMany(n, one, many)}`;

/** A label as it stands within a sentence: small in English, as it is in a language whose nouns are not. */
export const midSentence = (label: string): string => (spoken === undefined ? label.toLowerCase() : label);
