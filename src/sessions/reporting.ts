/**
 * A report under way: the model's rows are drawn, then judged in pieces short
 * enough that the worker answers its mail between two of them. Only the drawing
 * needs the model; what follows is work on tables alone.
 */
import type { ReportCard, ReportQuestion } from "../protocol/report.ts";
import { allRows } from "../quality/compared.ts";
import type { Evidence } from "../quality/evidence.ts";
import type { Measured } from "../quality/measured.ts";
import { conditionalAccuracy, imputation } from "../quality/modelUtility.ts";
import { thinned } from "../quality/references.ts";
import { random } from "../random/random.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import { fitEncoder } from "../encode/encoder.ts";
import { t } from "../language/words.ts";
import { conditionsFor, drawFilled, drawFresh, drawWished, type Drawing } from "./drawingFor.ts";
import type { Host } from "./host.ts";
import type { Prepared } from "./preparing.ts";
import { reportCard } from "./reportCard.ts";
import { inSlices } from "./slices.ts";

export interface ReportWanted {
  readonly question: ReportQuestion;
  readonly seed: number;
  readonly made: string;
  readonly losses: readonly number[];
}

export interface Reporter {
  /** Has the model draw the rows. @throws Error in words where it can't. */
  draw(drawing: Drawing<unknown>): Promise<void>;
  /** How far the report has come, 0 to 1. */
  tell(share: number, doing: string, drawing: boolean): void;
  readonly cancelled: boolean;
}

/** Nobody wants the report any more. */
export class ReportCancelled extends Error {}

/** Of a larger table a random part is judged: what is left of its error is far below what rows differ by. */
const MOST_TRAIN = 20_000;
const MOST_OTHERS = 10_000;
/** Rows of each further table of the same model, and how many of those. */
const SAMPLE_ROWS = 2_500;
const MORE_SAMPLES = 2;
/** Share of the whole that drawing takes. */
const DRAWN = 0.12;
const sliceMs = 12;
const progressMs = 150;

/** @throws ReportCancelled, or Error in words. */
export async function makeReport(
  prepared: Prepared,
  { question, seed, made, losses }: ReportWanted,
  host: Pick<Host<never>, "now" | "rest">,
  reporter: Reporter,
): Promise<ReportCard> {
  const { table, split, name } = prepared;
  if (prepared.image)
    throw new Error(
      t`A report judges columns, and these rows are images: look at them under Images, and at their distance to the held-out ones.`,
    );
  const source = random(seed).fork("report");
  // In random order, so that any first part of them is a fair one.
  const some = (rows: Int32Array, most: number, fork: string): Table =>
    selectRows(
      table,
      source
        .fork(fork)
        .permutation(rows.length)
        .slice(0, most)
        .map((i) => rows[i]!),
    );
  const train = some(split.train, MOST_TRAIN, "train");
  const holdout = some(split.holdout, MOST_OTHERS, "holdout");

  const draw = async <T>(drawing: Drawing<T>, doing: string, share: number): Promise<T> => {
    reporter.tell(share, doing, true);
    await reporter.draw(drawing);
    if (reporter.cancelled) throw new ReportCancelled();
    return drawing.result();
  };
  const wanted = Math.min(train.rows, MOST_OTHERS);
  const more = Math.min(wanted, SAMPLE_ROWS);
  const all = wanted + MORE_SAMPLES * more;
  const began = host.now();
  const fresh = await draw(drawFresh(prepared, all, seed, source.fork("decode")), t`Drawing rows`, 0);
  const seconds = (host.now() - began) / 1000;
  const rowsFrom = (from: number, rows: number): Table =>
    selectRows(
      fresh,
      Int32Array.from({ length: rows }, (_, i) => from + i),
    );
  await host.rest();
  const synthetic = rowsFrom(0, wanted);
  const samples = [
    thinned(synthetic, more, source.fork("sample")),
    ...Array.from({ length: MORE_SAMPLES }, (_, i) => rowsFrom(wanted + i * more, more)),
  ];
  const conditional: Measured[] = [];
  for (const [i, tried] of conditionsFor(prepared, question.target).entries()) {
    const drawing = drawWished(prepared, tried, source.fork(`condition ${i}`).integer(2 ** 32));
    const rows = await draw(drawing, t`Asking for rows by a condition`, DRAWN * (0.5 + 0.15 * i));
    const drawn = rows ?? { ...tried.real, rows: 0 };
    conditional.push(conditionalAccuracy(tried.real, drawn, [tried.condition.column]));
    await host.rest();
  }
  const filled =
    split.holdout.length === 0
      ? undefined
      : await draw(drawFilled(prepared, source.fork("fill")), t`Filling gaps made on purpose`, DRAWN * 0.85);
  const evidence: Evidence = {
    samples,
    losses,
    conditional,
    ...(filled !== undefined && {
      imputed: imputation(filled.truth, filled.filled, filled.emptied, train),
    }),
    drawn: { rows: all, seconds },
  };

  await host.rest();
  const encoder = fitEncoder(train, allRows(train), { numeric: "standard" });
  await host.rest();
  const work = reportCard(
    { table: name, made },
    { train, holdout, synthetic },
    { ...question, encode: (rows, which) => encoder.encode(rows, which), random: source.fork("judge") },
    evidence,
  );
  let saidAt = -Infinity;
  return inSlices(work, host, sliceMs, {
    sliced(_, share) {
      if (share === 1 || host.now() - saidAt < progressMs) return;
      saidAt = host.now();
      reporter.tell(DRAWN + (1 - DRAWN) * share, doingAt(share), false);
    },
    rested() {
      if (reporter.cancelled) throw new ReportCancelled();
    },
  });
}

/** What a report is at, by the share done; see `quality/report`. */
function doingAt(share: number): string {
  const done = share / 0.94;
  if (done < 0.2) return t`Training models on real and on synthetic rows`;
  if (done < 0.36) return t`Judging the synthetic rows`;
  if (done < 0.61) return t`Judging real rows for comparison`;
  if (done < 0.82) return t`Judging independent columns for comparison`;
  if (done < 1) return t`Judging a copy for comparison`;
  return t`Putting it together`;
}
