/**
 * The one place where anything is stored on a device, and only after a person has ticked it: a database of the
 * browser's own, with the runs that were made and the one that is not finished. That it exists is the tick itself;
 * without it nothing is stored anywhere, not even that nothing shall be.
 */
import type { DBSchema, IDBPDatabase } from "idb";
import type { DataSource } from "../protocol/analysis.ts";
import type { KeptRun } from "../protocol/port.ts";
import type { Fingerprint } from "../share/fingerprint.ts";
import type { RunRecord } from "../store/runs.ts";
import type { Setup } from "../store/setup.ts";
import type { TrainingState } from "../store/state.ts";

const name = "likeness";
const version = 1;

/** All that going on with a run takes. */
export interface Unfinished {
  readonly setup: Setup;
  readonly table: string;
  /** Where its rows are; absent where they are too many to be kept, and then `print` knows them again. */
  readonly source?: DataSource;
  readonly print?: Fingerprint;
  readonly kept: KeptRun;
  readonly training: Pick<TrainingState, "losses" | "scores" | "replay" | "objectives" | "nets" | "elapsed">;
}

interface Stored extends DBSchema {
  runs: { key: string; value: RunRecord };
  unfinished: { key: "run"; value: Unfinished };
}

export interface Memory {
  runs(): Promise<readonly RunRecord[]>;
  put(record: RunRecord): Promise<void>;
  drop(id: string): Promise<void>;
  unfinished(): Promise<Unfinished | undefined>;
  /** Undefined where there is none any more. */
  setUnfinished(run: Unfinished | undefined): Promise<void>;
  /** Deletes all of it, itself included. */
  forget(): Promise<void>;
}

/** What is remembered on this device; undefined where nothing is. */
export async function remembered(): Promise<Memory | undefined> {
  // oxlint-disable-next-line no-restricted-globals -- asks what there is, and makes nothing; idb has no such call
  const all = await globalThis.indexedDB?.databases?.().catch(() => []);
  return all?.some((each) => each.name === name) === true ? remember() : undefined;
}

/** Begins to remember. @throws DOMException where the browser stores nothing, as in some private windows. */
export async function remember(): Promise<Memory> {
  const { openDB, deleteDB } = await import("idb");
  const database: IDBPDatabase<Stored> = await openDB<Stored>(name, version, {
    upgrade(made) {
      made.createObjectStore("runs", { keyPath: "id" });
      made.createObjectStore("unfinished");
    },
    // Another tab forgets everything: this one lets go.
    blocking: () => database.close(),
  });
  return {
    runs: async () => (await database.getAll("runs")).toSorted((a, b) => b.began - a.began),
    put: async (record) => void (await database.put("runs", record)),
    drop: (id) => database.delete("runs", id),
    unfinished: () => database.get("unfinished", "run"),
    setUnfinished: async (run) =>
      void (await (run === undefined
        ? database.delete("unfinished", "run")
        : database.put("unfinished", run, "run"))),
    async forget() {
      database.close();
      await deleteDB(name);
    },
  };
}
