/** Doing again what a shared result did, on built-in data or on the table that somebody brings for it. */
import { dataSeed } from "../catalog/datasets.ts";
import type { TableSummary } from "../protocol/analysis.ts";
import type { Actions, TableCheck } from "../store/actions.ts";
import type { Setup } from "../store/setup.ts";
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
  "This table's columns are not those of the shared result: their names or types differ. Nothing was started; press Train to learn from it all the same.",
  "Whether this is the table of the shared result can't be told here. Nothing was started; press Train if it is.",
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
    race(setups: readonly Setup[]): void;
    showFile(file: File): void;
  },
): SharedRuns {
  let awaited: { readonly setups: readonly Setup[]; readonly check?: TableCheck } | undefined;

  async function judge({ setups, check }: NonNullable<typeof awaited>, summary: TableSummary): Promise<void> {
    const same = check === undefined ? true : await check(summary);
    // Another table may have come while this one was looked at.
    if (get().data.summary !== summary) return;
    if (same === true && setups.length > 1) race(setups);
    else if (same === true) begin({ paused: false });
    else patch({ alert: { message: same === false ? another : unknown, detail: "" } });
  }

  return {
    run(setups) {
      awaited = undefined;
      const setup = setups[0]!;
      if (setup.dataset === "own") return;
      tables.open({ kind: "builtin", id: setup.dataset, seed: dataSeed }, setup);
      if (setups.length > 1) awaited = { setups };
      else begin({ paused: false });
    },
    runOn(setups, files, check) {
      tables.openOwn({ kind: "files", files }, setups[0]);
      awaited = { setups, check };
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
