/**
 * Runs that another may begin with: the one on the table that was here before, and one that was saved in a file. Of the
 * former a sample of its rows stays too, to be shown beside the new table's. Until there is a table before, the run on
 * this one as it was prepared before, with other columns say, stands for it.
 */
import { openEncoder, type Encoder } from "../encode/encoder.ts";
import { matchEncoders } from "../encode/matching.ts";
import { t } from "../language/words.ts";
import type { OriginNote } from "../protocol/analysis.ts";
import type { KeptRun } from "../protocol/port.ts";
import type { Table } from "../table/table.ts";
import { selectRows } from "../table/typed.ts";
import type { Origin } from "../train/carry.ts";
import type { Prepared } from "./preparing.ts";
import { readRun, RunRefusal } from "./runFile.ts";
import { mostPoints, some } from "./scene.ts";

/** Larger files are no runs that fit in memory. */
const mostBytes = 500_000_000;

interface Past {
  readonly note: OriginNote;
  readonly encoder: Encoder;
  readonly run: Omit<Origin, "spans" | "width" | "matching">;
  /** The table that it was on, by the request that opened it; none where it came from a file. */
  readonly request?: number;
  /** Rows that it learned from, a cloud of them; none where it came from a file, which holds no row. */
  readonly sample?: Table;
}

export type OriginKind = "last" | "file";

export interface Origins {
  /**
   * The rows are about to go: if the run on them has learned anything, it is the last one from now on. Where they make
   * way for the same table prepared anew, one that was on another table stays that.
   * @param request that opened their table. @param next that of the table to come.
   */
  leave(prepared: Prepared, kept: KeptRun, request: number, next: number): void;
  /** @throws RunRefusal, whose words follow the file's name. */
  read(file: File): Promise<OriginNote>;
  /** What is known of the last run, as far as rows like these are concerned. */
  last(prepared: Prepared): OriginNote | undefined;
  /** For a run on these rows. @throws Error in words where there is no such origin. */
  lend(kind: OriginKind, prepared: Prepared): Origin;
  /** Rows that the last run learned from, with the columns of these; undefined where it hadn't all of them. */
  cloud(prepared: Prepared): Table | undefined;
}

export function origins(): Origins {
  const past: Partial<Record<OriginKind, Past>> = {};

  function cloud({ table }: Prepared): Table | undefined {
    const sample = past.last?.sample;
    const columns = table.columns.flatMap(({ name, ...column }) => {
      const found = sample?.columns.find((each) => each.name === name);
      const alike =
        found !== undefined && ("codes" in found ? "codes" in column : found.type === column.type);
      return alike ? [found] : [];
    });
    return sample !== undefined && columns.length === table.columns.length
      ? { columns, rows: sample.rows }
      : undefined;
  }

  return {
    leave(prepared, { config, fitted, checkpoint }, request, next) {
      if (checkpoint.step === 0) return;
      if (request === next && past.last !== undefined && past.last.request !== request) return;
      const { model, settings } = config;
      past.last = {
        note: {
          ...noteOf(prepared.name, prepared.encoder),
          model,
          settings,
          step: checkpoint.step,
          cloud: false,
        },
        encoder: prepared.encoder,
        run: { model, settings, fitted, weights: checkpoint },
        request,
        sample: selectRows(prepared.table, some(prepared.split.train, mostPoints)),
      };
    },
    async read(file) {
      if (file.size > mostBytes) throw new RunRefusal(t`is too large to be a saved run.`);
      const { model, settings, step, encoder, state } = readRun(await file.text());
      const opened = openEncoder(encoder);
      const note = { ...noteOf(file.name, opened), model, settings, step, cloud: false };
      past.file = {
        note,
        encoder: opened,
        run: { model, settings, fitted: state.fitted, weights: state.weights },
      };
      return note;
    },
    last: (prepared) => past.last && { ...past.last.note, cloud: cloud(prepared) !== undefined },
    lend(kind, { encoder: to }) {
      const from = past[kind];
      if (from === undefined) throw new Error(t`The run to start from is gone. Start from fresh weights.`);
      const { spans, width } = from.encoder;
      return { ...from.run, spans, width, matching: matchEncoders(from.encoder, to) };
    },
    cloud,
  };
}

function noteOf(name: string, { state }: Encoder): Pick<OriginNote, "name" | "numeric"> {
  const scaled = state.columns.find((column) => column.kind === "quantity" && column.scale !== undefined);
  const numeric = scaled?.kind === "quantity" ? scaled.scale?.kind : undefined;
  return { name, ...(numeric !== undefined && { numeric }) };
}
