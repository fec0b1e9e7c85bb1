/** A figure, or in a sentence why there is none. Nothing that could not be computed passes for a number. */
import { t } from "../language/words.ts";

export type Measured = { readonly value: number } | Uncomputable;

export interface Uncomputable {
  readonly why: string;
}

export function isValue(measured: Measured): measured is { readonly value: number } {
  return "value" in measured;
}

/** Mean of the figures there are. @param what names them, for the sentence where there is none. */
export function meanOf(all: readonly Measured[], what: string): Measured {
  const values = all.filter(isValue).map(({ value }) => value);
  if (values.length === 0) return { why: t`None of the ${t(what)} could be compared.` };
  return { value: values.reduce((sum, value) => sum + value, 0) / values.length };
}
