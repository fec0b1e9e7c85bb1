/** What a session needs of the thread it runs in; a test hands in its own. */
export interface Host<Event> {
  post(event: Event, transfer?: readonly ArrayBuffer[]): void;
  /** Milliseconds that only grow. */
  now(): number;
  /** Resolves after messages that are waiting have been handled. */
  rest(): Promise<void>;
}

/** Technical words for a bug report: kind of error, message, first lines of the stack. */
export function detailOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const stack = error.stack?.split("\n").slice(0, 4).join("\n") ?? "";
  return stack.startsWith(error.name) ? stack : `${error.name}: ${error.message}\n${stack}`;
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
