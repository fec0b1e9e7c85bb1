/**
 * Tells whether a table has the columns that a shared result was made with,
 * without saying which those are. Names and types go in, values never. Who wants
 * to guess names must try them one by one through a slow hash under a salt of this
 * link's own, and then knows only that one in 4 billion lists would have done as
 * well. So it says that a file is probably the right one, not that it is.
 */
import type { TableSummary } from "../protocol/analysis.ts";
import { fromBase64url, toBase64url } from "./base64url.ts";

export interface Fingerprint {
  /** Base64url, 12 bytes. */
  readonly salt: string;
  /** Base64url, 4 bytes. */
  readonly print: string;
}

const saltBytes = 12;
const printBytes = 4;
const rounds = 100_000;

type Schema = Pick<TableSummary, "columns" | "image">;

/** @returns undefined where the browser has no hash to offer (a page that is not served safely). */
export async function fingerprintOf(
  table: Schema,
  salt: Uint8Array<ArrayBuffer> = crypto.getRandomValues(new Uint8Array(saltBytes)),
): Promise<Fingerprint | undefined> {
  if (globalThis.crypto?.subtle === undefined) return undefined;
  // Types as they are inferred: a person's own choices are no part of the file.
  const schema = JSON.stringify([
    table.columns.map(({ name, inferred }) => [name, inferred]),
    table.image ? [table.image.width, table.image.height] : null,
  ]);
  const text = new TextEncoder().encode(schema);
  const key = await crypto.subtle.importKey("raw", text, "PBKDF2", false, ["deriveBits"]);
  const method = { name: "PBKDF2", hash: "SHA-256", salt, iterations: rounds };
  const bits = await crypto.subtle.deriveBits(method, key, 8 * printBytes);
  return { salt: toBase64url(salt), print: toBase64url(new Uint8Array(bits)) };
}

/** Whether the table may be the one; undefined where that can't be told. */
export async function matches(table: Schema, expected: Fingerprint): Promise<boolean | undefined> {
  const salt = fromBase64url(expected.salt);
  const found = salt && (await fingerprintOf(table, salt));
  return found && found.print === expected.print;
}
