/**
 * The part of papaparse that `cells.ts` uses. (The published types need Node's,
 * which the core must not see.) `Papa.Parser` is the synchronous parser beneath
 * `Papa.parse`: text in, rows out, no workers, no byte-order-mark stripping.
 */
declare module "papaparse" {
  interface ParserSettings {
    readonly delimiter: string;
    readonly newline: "\n";
    /** Stop after this many rows; 0 reads all. */
    readonly preview?: number;
  }
  interface ParserResult {
    readonly data: string[][];
  }
  interface Parser {
    parse(input: string, baseIndex: number, ignoreLastRow: boolean): ParserResult;
  }
  const Papa: { readonly Parser: new (settings: ParserSettings) => Parser };
  export default Papa;
}
