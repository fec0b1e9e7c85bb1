/** Doing again what a shared result did, on built-in data or on the table that somebody brings for it. */
import { dataSeed } from "../catalog/datasets.ts";
import { t } from "../language/words.ts";
import type { TableSummary } from "../protocol/analysis.ts";
import type { Actions, Again, TableCheck } from "../store/actions.ts";
import type { Desk } from "./desk.ts";
import type { Beginning } from "./runs.ts";
import type { Tables } from "./tables.ts";

export interface SharedRuns {
  readonly run: Actions["runShared"];
  readonly runOn: Actions["runSharedOn"];
  /** A run's file was brought: it is shown, not opened as a table. */
  openFile(file: File): void;
  /** A table is there. */
  prepared(summary: TableSummary): void;
  /** The table that was awaited won't come. */
  forget(): void;
}

const [another, unknown] = [
  t`This table's columns are not those of the shared result: their names or types differ. Nothing was started; press Train to learn from it all the same.`,
  t`Whether this is the table of the shared result can't be told here. Nothing was started; press Train if it is.`,
];

export function sharedRuns(
  { patch, get }: Pick<Desk, "patch" | "get">,
  {
    tables,
    begin,
    race,
    showFile,
  }: {
    readonly tables: Pick<Tables, "open" | "openOwn">;
    begin(beginning: Beginning): void;
    /** Has them race on the table that is prepared. */
    race(again: Again): void;
    showFile(file: File): void;
  },
): SharedRuns {
  let awaited: { readonly again: Again; readonly check?: TableCheck } | undefined;

  async function judge({ again, check }: NonNullable<typeof awaited>, summary: TableSummary): Promise<void> {
    const same = check === undefined ? true : await check(summary);
    // Another table may have come while this one was looked at.
    if (get().data.summary !== summary) return;
    if (same === true && again.setups.length > 1) race(again);
    else if (same === true) begin({ paused: false });
    else patch({ alert: { message: same === false ? another : unknown, detail: "" } });
  }

  return {
    run(again) {
      awaited = undefined;
      const setup = again.setups[0]!;
      if (setup.dataset === "own") return;
      tables.open({ kind: "builtin", id: setup.dataset, seed: dataSeed }, setup);
      if (again.setups.length > 1) awaited = { again };
      else begin({ paused: false });
    },
    runOn(again, files, check) {
      tables.openOwn({ kind: "files", files }, again.setups[0]);
      awaited = { again, check };
    },
    openFile: showFile,
    prepared(summary) {
      const now = awaited;
      awaited = undefined;
      if (now !== undefined) void judge(now, summary);
    },
    forget() {
      awaited = undefined;
    },
  };
}
