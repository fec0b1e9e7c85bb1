/**
 * Cuts a stretch of CSV text after its last whole row and hands that part on in
 * clean RFC 4180: one kind of line end ("\n"), every quoted cell closed. Papa
 * Parse then reads it without having to guess; what it would get wrong by
 * itself (line ends mixed in one file, a stray quote that swallows the next
 * row, a quote that never closes) is mended here, and each mend is reported.
 *
 * Whether a row is whole never depends on where the text was cut: if the answer
 * needs characters that have not arrived, the row waits.
 */

export interface Mend {
  /** 0-based among the rows of this stretch. */
  readonly row: number;
  readonly kind: "stray-quote" | "unclosed-quote";
}

export interface WholeRows {
  /** Whole rows without the final line end; "" if there are none. */
  readonly ready: string;
  /** The text from the first unfinished row on; blank lines at the end wait here too. */
  readonly rest: string;
  readonly mends: readonly Mend[];
}

/** A quoted cell longer than this many characters is taken for an opening quote without an end. */
export const longestQuotedCell = 4_000_000;

const LF = 10;
const CR = 13;

/** @param last no more text will come: the end of `text` ends a row, and blank lines before it are dropped. */
export function wholeRows(text: string, delimiter: string, last: boolean): WholeRows {
  return text.includes('"') ? cutQuoted(text, delimiter, last) : cutPlain(text, last);
}

/** No quotes: a line is a row. */
function cutPlain(text: string, last: boolean): WholeRows {
  // A final "\r" may be the first half of "\r\n".
  const end = last || text.charCodeAt(text.length - 1) !== CR ? text.length : text.length - 1;
  const content = lastContent(text, end, last);
  if (content === 0) return { ready: "", rest: last ? "" : text, mends: [] };
  const ready = text.slice(0, content);
  return {
    ready: ready.includes("\r") ? ready.replace(/\r\n?/g, "\n") : ready,
    rest: last ? "" : text.slice(afterLineEnd(text, content)),
    mends: [],
  };
}

/** End (without line end) of the last non-blank line that is known to be complete, 0 if there is none. */
function lastContent(text: string, end: number, last: boolean): number {
  let at = last
    ? end
    : Math.max(text.lastIndexOf("\n", end - 1), end > 0 ? text.lastIndexOf("\r", end - 1) : -1);
  while (at > 0 && isLineEnd(text.charCodeAt(at - 1))) at--;
  return Math.max(at, 0);
}

function isLineEnd(code: number): boolean {
  return code === LF || code === CR;
}

function afterLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? at + 2 : at + 1;
}

/** Where a quoted cell ends, or what is wrong with it. */
type Close =
  | { readonly kind: "closed"; readonly quote: number; readonly next: number }
  | { readonly kind: "mended"; readonly cell: string; readonly next: number; readonly mend: Mend["kind"] }
  | { readonly kind: "more" };

function cutQuoted(text: string, delimiter: string, last: boolean): WholeRows {
  const pieces: string[] = [];
  const mends: Mend[] = [];
  let copied = 0; // text before here is in `pieces`
  let cut = 0; // where the rest begins: after the last non-blank whole row
  let kept = 0; // how much of `pieces` that is
  let keptMends = 0;
  let row = 0;
  let at = 0;
  let rowStart = 0;
  let quote = text.indexOf('"');
  let lf = text.indexOf("\n");
  let cr = text.indexOf("\r");

  for (;;) {
    if (quote >= 0 && quote < at) quote = text.indexOf('"', at);
    if (lf >= 0 && lf < at) lf = text.indexOf("\n", at);
    if (cr >= 0 && cr < at) cr = text.indexOf("\r", at);
    const lineEnd = lf < 0 ? cr : cr < 0 ? lf : Math.min(lf, cr);

    if (quote >= 0 && (lineEnd < 0 || quote < lineEnd)) {
      const opens = quote === rowStart || text[quote - 1] === delimiter;
      if (!opens) {
        at = quote + 1;
        continue;
      }
      const close = findClose(text, quote, delimiter, last);
      if (close.kind === "more") break;
      if (close.kind === "closed") {
        if (close.next > close.quote + 1) {
          pieces.push(text.slice(copied, close.quote + 1)); // blanks between quote and delimiter
          copied = close.next;
        }
      } else {
        pieces.push(text.slice(copied, quote), `"${close.cell.replaceAll('"', '""')}"`);
        copied = close.next;
        mends.push({ row, kind: close.mend });
      }
      at = close.next;
      continue;
    }

    if (lineEnd < 0 || (!last && lineEnd === text.length - 1 && text.charCodeAt(lineEnd) === CR)) break;
    const next = afterLineEnd(text, lineEnd);
    const blank = lineEnd === rowStart;
    if (text.charCodeAt(lineEnd) === CR) {
      pieces.push(text.slice(copied, lineEnd), "\n");
      copied = next;
    }
    row++;
    at = next;
    rowStart = next;
    if (!blank) {
      pieces.push(text.slice(copied, next));
      copied = next;
      cut = next;
      kept = pieces.length;
      keptMends = mends.length;
    }
  }

  if (last && rowStart < text.length) {
    pieces.push(text.slice(copied));
    return { ready: withoutLineEnd(pieces.join("")), rest: "", mends };
  }
  return {
    ready: withoutLineEnd(pieces.slice(0, kept).join("")),
    rest: last ? "" : text.slice(cut),
    mends: mends.slice(0, keptMends),
  };
}

function withoutLineEnd(text: string): string {
  return text.endsWith("\n") ? text.slice(0, -1) : text;
}

/** From the opening quote at `open` to the character after the cell. */
function findClose(text: string, open: number, delimiter: string, last: boolean): Close {
  const ended = (at: number): boolean =>
    text[at] === delimiter || isLineEnd(text.charCodeAt(at)) || (last && at >= text.length);
  for (let from = open + 1; ;) {
    const quote = text.indexOf('"', from);
    if (quote < 0 && !last && text.length - open <= longestQuotedCell) return { kind: "more" };
    if (quote < 0 || quote - open > longestQuotedCell)
      return asLiteral(text, open, open, delimiter, last, "unclosed-quote");
    if (text[quote + 1] === '"') {
      from = quote + 2;
      continue;
    }
    let next = quote + 1;
    while ((text[next] === " " || text[next] === "\t") && text[next] !== delimiter) next++;
    if (next >= text.length && !last) return { kind: "more" };
    if (ended(next)) return { kind: "closed", quote, next };

    // A quote in the middle of a cell. On a later line it opens another cell
    // more likely than it stands in this one: then ours was never closed.
    const line = text.slice(open, quote);
    if (line.includes("\n") || line.includes("\r"))
      return asLiteral(text, open, open, delimiter, last, "unclosed-quote");
    return strayQuote(text, open, quote, delimiter, last, ended);
  }
}

/** `"say "hi" again",2` keeps its inner quotes; `"x"y,2` is read as it stands, quotes and all. */
function strayQuote(
  text: string,
  open: number,
  stray: number,
  delimiter: string,
  last: boolean,
  ended: (at: number) => boolean,
): Close {
  const lineEnd = text.slice(stray).search(/[\r\n]/);
  if (lineEnd < 0 && !last) return { kind: "more" };
  const end = lineEnd < 0 ? text.length : stray + lineEnd;
  const opening = text.slice(stray, end).indexOf(`${delimiter}"`); // within the line: the rest may be long
  const nextCell = opening < 0 ? -1 : stray + opening;
  for (
    let quote = text.indexOf('"', stray + 1);
    quote >= 0 && quote < end;
    quote = text.indexOf('"', quote + 1)
  ) {
    if (nextCell >= 0 && nextCell < quote) break;
    if (ended(quote + 1)) {
      const cell = text.slice(open + 1, quote).replaceAll('""', '"');
      return { kind: "mended", cell, next: quote + 1, mend: "stray-quote" };
    }
  }
  return asLiteral(text, open, stray, delimiter, last, "stray-quote");
}

/** Takes the opening quote for an ordinary character: the cell ends at the next delimiter or line end. */
function asLiteral(
  text: string,
  open: number,
  from: number,
  delimiter: string,
  last: boolean,
  mend: Mend["kind"],
): Close {
  const pattern = delimiter === "|" ? /[|\r\n]/ : new RegExp(`[${delimiter}\r\n]`);
  const length = text.slice(from).search(pattern);
  if (length < 0 && !last) return { kind: "more" };
  const next = length < 0 ? text.length : from + length;
  return { kind: "mended", cell: text.slice(open, next), next, mend };
}
