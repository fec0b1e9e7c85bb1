/** How far training is, on stderr: one line that is drawn anew where somebody looks, a line every tenth where nobody does. */
import { count } from "../src/language/words.ts";
import type { Terminal } from "./terminal.ts";

export interface Standing {
  readonly step: number;
  /** Milliseconds of training. */
  readonly elapsed: number;
  /** Mean losses since the last time, by curve. */
  readonly losses: Readonly<Record<string, number>>;
}

export interface Limits {
  /** Infinity for none; at least one of both is finite. */
  readonly steps: number;
  readonly seconds: number;
}

export interface Progress {
  show(at: Standing): void;
  /** Clears what is not to stay. */
  end(): void;
}

const barWidth = 20;
/** Seconds to go that are worth saying. */
const leastLeft = 1;

export function progress(terminal: Pick<Terminal, "say" | "columns">, limits: Limits): Progress {
  let tenths = 0;
  return {
    show(at) {
      const { columns } = terminal;
      const share = shareOf(at, limits);
      if (columns !== undefined) {
        // A line that is too long would wrap, and could not be drawn over.
        terminal.say(`\r\u001B[2K${`${bar(share)} ${lineOf(at, limits)}`.slice(0, columns - 1)}`);
        return;
      }
      const reached = Math.floor(10 * share + 1e-9);
      if (reached <= tenths) return;
      tenths = reached;
      terminal.say(`${String(10 * reached).padStart(3)} %  ${lineOf(at, limits)}\n`);
    },
    end() {
      if (terminal.columns !== undefined) terminal.say("\r\u001B[2K");
    },
  };
}

/** Of the steps or of the seconds, whichever will be used up first. */
const shareOf = ({ step, elapsed }: Standing, { steps, seconds }: Limits): number =>
  Math.min(1, Math.max(step / steps, elapsed / 1000 / seconds));

const bar = (share: number): string => `[${"=".repeat(Math.floor(share * barWidth)).padEnd(barWidth)}]`;

/** "1,240 of 2,000 steps, 310 steps/s, loss 1.234, 3 s to go". */
function lineOf(at: Standing, limits: Limits): string {
  const { step, elapsed, losses } = at;
  const pace = elapsed > 0 ? (1000 * step) / elapsed : 0;
  const left = Math.min(
    pace > 0 ? (limits.steps - step) / pace : Infinity,
    Math.max(0, limits.seconds - elapsed / 1000),
  );
  return [
    limits.steps === Infinity ? `${count(step)} steps` : `${count(step)} of ${count(limits.steps)} steps`,
    ...(pace > 0 ? [`${pace < 10 ? pace.toFixed(1) : count(Math.round(pace))} steps/s`] : []),
    ...Object.entries(losses).map(([name, value]) => `${name} ${value.toPrecision(4)}`),
    ...(left === Infinity || left < leastLeft ? [] : [`${duration(left)} to go`]),
  ].join(", ");
}

/** "45 s", "3 min 20 s", "2 h 5 min". */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
