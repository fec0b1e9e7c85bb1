/** What the scoreboard says of each racer, and how a figure compares with the baseline's. */
import type { RaceConfig, RaceFigures } from "../../protocol/race.ts";
import { overSeeds, type Racer, type RaceState } from "../../store/race.ts";
import { minus, rate, short } from "../kit/format.ts";
import { racerNames } from "../../catalog/racers.ts";
import { count, decimal, t } from "../../language/words.ts";

/** A racer, or what one of its seeds has come to. */
type Judged = Pick<Racer, "step" | "spent" | "figures" | "rowsPerSecond">;

export interface Line {
  readonly label: string;
  /** What it means and which way is good. */
  readonly help: string;
  readonly better: "high" | "low" | undefined;
  of(racer: Judged): number | undefined;
  ofHeld?(figures: RaceFigures): number | undefined;
  write(value: number, racer?: Judged): string;
  /** Compared by factors, not by differences. */
  readonly ratio?: true;
}

const share = (value: number): string => decimal(value.toFixed(2));
const figure = (key: "quality" | "shape" | "coverage" | "recall" | "precision") => ({
  of: ({ figures }: Judged) => figures?.[key],
  ofHeld: (figures: RaceFigures) => figures[key],
  write: share,
});

const lines: readonly Line[] = [
  {
    label: t`Not told apart`,
    help: t`Quality: 1 where boosted trees can't tell the rows from real ones (C2ST), 0 where they always can.`,
    better: "high",
    ...figure("quality"),
  },
  {
    label: t`Column shapes`,
    help: t`How alike each column's values are spread, on average; 1 is the same.`,
    better: "high",
    ...figure("shape"),
  },
  {
    label: t`Distance to held-out rows`,
    help: t`Energy distance of whole rows; 0 is as near as chance lets them be.`,
    better: "low",
    of: ({ figures }) => figures?.distance,
    write: (value) => short(value, 3),
  },
  {
    label: t`Coverage`,
    help: t`Share of real rows with a synthetic row in their neighbourhood.`,
    better: "high",
    ...figure("coverage"),
  },
  {
    label: t`Recall`,
    help: t`Share of real rows that lie near a synthetic one.`,
    better: "high",
    ...figure("recall"),
  },
  {
    label: t`Precision`,
    help: t`Share of synthetic rows that lie near a real one.`,
    better: "high",
    ...figure("precision"),
  },
  {
    label: t`Modes hit`,
    help: t`Centres of the data with at least one of 1,000 rows within three sigma.`,
    better: "high",
    of: ({ figures }) => figures?.modes?.hit,
    ofHeld: ({ modes }) => modes?.hit,
    write: (value, racer) =>
      racer?.figures?.modes ? t`${short(value, 3)} of ${racer.figures.modes.of}` : short(value, 3),
  },
  {
    label: t`Rows drawn a second`,
    help: t`Sampling speed on this machine, by this backend.`,
    better: "high",
    of: ({ rowsPerSecond }) => rowsPerSecond,
    write: (value) => rate(Number(value.toPrecision(2))),
    ratio: true,
  },
  {
    label: t`Training steps`,
    help: t`Taken within the budget.`,
    better: undefined,
    of: ({ step, figures }) => (figures ? step : undefined),
    write: count,
    ratio: true,
  },
  {
    label: t`Seconds of training`,
    help: t`Of the worker's time; looks and judging are nobody's.`,
    better: undefined,
    of: ({ spent, figures }) => (figures ? spent : undefined),
    write: (value) => decimal(value.toFixed(1)),
    ratio: true,
  },
];

export interface Cell {
  readonly text: string;
  /** Standard deviation over seeds, and over how many of them where it is not all; "" where there is one. */
  readonly spread: string;
  /** Against the baseline; "" for the baseline itself and where one of the two has no figure. */
  readonly change: string;
  readonly best: boolean;
}

export interface Row {
  readonly label: string;
  readonly help: string;
  readonly cells: readonly Cell[];
  readonly held: string;
}

/** Lines that some racer has a figure for. @param baseline place of the racer that others are held against. */
export function scoreboard({ racers, reference, turn }: RaceState, baseline: number): readonly Row[] {
  return lines.flatMap((line) => {
    const found = racers.map((racer) => overSeeds(racer, line.of));
    const values = found.map((each) => each?.mean);
    const known = values.filter((value) => value !== undefined);
    if (known.length === 0) return [];
    const top = line.better === "low" ? Math.min(...known) : Math.max(...known);
    const base = values[baseline];
    const held = reference && line.ofHeld?.(reference);
    return {
      label: line.label,
      help: line.help,
      held: held === undefined ? "–" : line.write(held),
      cells: values.map((value, i) => ({
        text: value === undefined ? "–" : line.write(value, racers[i]),
        spread: spreadOf(line, found[i], turn + 1),
        change:
          value === undefined || base === undefined || i === baseline ? "" : changeOf(line, value, base),
        best: line.better !== undefined && known.length > 1 && value === top,
      })),
    };
  });
}

function spreadOf({ write }: Line, found: ReturnType<typeof overSeeds>, all: number): string {
  if (found?.deviation === undefined) return "";
  return `± ${write(found.deviation)}${found.seeds < all ? t`, ${found.seeds} seeds` : ""}`;
}

/** "500 steps each, at most 10 seconds". */
export function budgetWords({ budget, most }: Pick<RaceConfig, "budget" | "most">): string {
  const written = t`${count(budget.amount)} ${t(budget.unit)} each`;
  return most ? t`${written}, at most ${count(most.amount)} ${t(most.unit)}` : written;
}

function changeOf({ ratio, write }: Line, value: number, base: number): string {
  if (ratio === true) {
    const factor = short(value / base, 2);
    return base > 0 && factor !== "1" ? `× ${factor}` : "";
  }
  const written = write(Math.abs(value - base));
  // Too small to be seen in as many digits.
  if (written === write(0)) return "same";
  return minus(`${value < base ? "-" : "+"}${written}`);
}

/** GitHub-flavoured Markdown, one column a racer and one for held-out rows. */
export function raceMarkdown(state: RaceState, baseline: number): string {
  const { config, backend } = state;
  if (config === undefined) return "";
  const names = racerNames(config.racers);
  const { seed, seeds = 1, dataset } = config;
  const data = dataset === "own" ? t`a table of one's own` : dataset;
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    t`Likeness, a race on ${data}: ${budgetWords(config)}, ${seeds > 1 ? t`seeds ${seed} to ${seed + seeds - 1}` : t`seed ${seed}`}, ${backend ?? t`no backend`}. In brackets: against ${names[baseline]!}.`,
    "",
    line(["", ...names, t`Held-out rows`]),
    line(["---", ...names.map(() => "---:"), "---:"]),
    ...scoreboard(state, baseline).map(({ label, cells, held }) =>
      line([
        label,
        ...cells.map(
          ({ text, spread, change }) =>
            `${text}${spread === "" ? "" : ` ${spread}`}${change === "" ? "" : ` (${change})`}`,
        ),
        held,
      ]),
    ),
    "",
  ].join("\n");
}
