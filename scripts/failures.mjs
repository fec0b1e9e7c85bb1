/**
 * Failures in few words. Of a long run only the last lines may be kept by whoever ran it, so `npm test` names there
 * what failed and why; the whole story stands further up.
 */
import { stripVTControlCharacters } from "node:util";

/** As many lines as leave room for the table of stages within the last forty. */
const room = 26;
const width = 220;

const linesOf = (text) =>
  stripVTControlCharacters(text)
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .filter((line) => line.trim() !== "");

const cut = (line) => (line.length > width ? `${line.slice(0, width - 1)}…` : line);

/** The last lines that a program said. */
export const lastLines = (text, count = 8) => linesOf(text).slice(-count).join("\n");

/** An error and what it came from: fast-check gives seed and counterexample, and has the assertion as its cause. */
export function words(error) {
  const message = linesOf(String(error.message ?? error.value ?? error)).filter(
    (line) => !line.startsWith("Hint: "),
  );
  const cause = error.cause === undefined ? [] : [`Cause: ${words(error.cause)}`];
  return [...message, ...cause].join("\n");
}

/**
 * @param {readonly { stage: string, name: string, message: string, retried?: boolean }[]} failures
 * @returns {string[]} a line for each failure and, while there is room, the first lines of what it said
 */
export function summary(failures) {
  const named = failures.slice(0, room / 2);
  const more = failures.length - named.length;
  const listed = (each) =>
    named.flatMap(({ stage, name, message, retried = false }) => [
      cut(`${retried ? "PASSED when retried," : "FAILED"} ${stage}: ${name}`),
      ...linesOf(message)
        .slice(0, each)
        .map((line) => cut(`    ${line}`)),
    ]);
  let each = 8;
  while (each > 0 && listed(each).length > room) each--;
  return more > 0 ? [...listed(each), `… and ${more} more, above.`] : listed(each);
}
