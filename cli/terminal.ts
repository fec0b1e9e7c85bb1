/** What a command needs of the terminal it runs in; a test hands in its own. */
export interface Terminal {
  /** The result: rows, cards, help. Resolves when there is room for more. */
  out(text: string): Promise<void>;
  /** What is said about the work, to stderr. */
  say(text: string): void;
  /** Characters in a line of stderr where somebody looks at it; undefined for files and pipes. */
  readonly columns: number | undefined;
  /** All bytes of stdin. */
  read(): Promise<Uint8Array<ArrayBuffer>>;
  /** Milliseconds that only go forward. */
  now(): number;
  /** Resolves after signals that are waiting have been handled. */
  rest(): Promise<void>;
  /** Ctrl-C was pressed: finish the step, write what there is. */
  readonly interrupted: boolean;
}

/** The command line asks for what isn't so; the message says what is wrong and what would be right. */
export class Misuse extends Error {}

/** Ctrl-C was pressed and there is nothing to write. */
export class Stopped extends Error {}

/** What a command ends with. */
export const done = 0;
export const failed = 1;
export const misused = 2;
/** As shells report a program that Ctrl-C ended. */
export const interrupted = 130;
/** And one that wrote to a pipe nobody reads any more. */
export const pipeClosed = 141;
