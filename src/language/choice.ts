/**
 * Which languages there are, and which one the address asks for: `?lang=de`. A language is a file beside this one, so
 * nothing is stored for it, and a reload or a bookmark keeps it. Links that are shared leave it out: who opens one reads
 * their own.
 */
import type { Spoken } from "./words.ts";

const files = import.meta.glob<Spoken["words"]>("./*.json", { import: "default" });

/** Tags of the languages there are, that of the code first. */
export const languages: readonly string[] = ["en", ...Object.keys(files).map((path) => path.slice(2, -5))];

/** "Deutsch": a language in its own words. */
export const nameOf = (language: string): string =>
  new Intl.DisplayNames(language, { type: "language" }).of(language) ?? language;

/** The language that a query asks for; English where there is no such. */
export function languageIn(search: string): string {
  const asked = new URLSearchParams(search).get("lang");
  return languages.find((each) => each === asked) ?? "en";
}

/** The same query, in another language. */
export function queryIn(language: string, search: string): string {
  const query = new URLSearchParams(search);
  if (language === "en") query.delete("lang");
  else query.set("lang", language);
  return query.size === 0 ? "" : `?${query}`;
}

/** The words of a language; undefined for English, which needs none, and where they could not be loaded. */
export async function spokenIn(language: string): Promise<Spoken | undefined> {
  const words = await files[`./${language}.json`]?.().catch(() => undefined);
  return words && { language, words };
}
