import { useEffect } from "react";
import { useActions } from "../context.ts";
import { Architecture } from "./Architecture.tsx";
import { DownloadPanel } from "./DownloadPanel.tsx";
import { Findings } from "./Findings.tsx";
import { HoldoutPanel } from "./HoldoutPanel.tsx";
import { LossPanel } from "./LossPanel.tsx";
import css from "./Results.module.css";
import { WorstColumns } from "./WorstColumns.tsx";

/** How the run goes, and its rows to take away. */
export function Results() {
  const { watch } = useActions();
  useEffect(() => {
    watch(["columns"]);
    return () => watch([]);
  }, [watch]);
  return (
    <aside className={css.results} id="results" aria-label="Results">
      <LossPanel />
      <Findings />
      <DownloadPanel />
      <HoldoutPanel />
      <WorstColumns />
      <Architecture />
    </aside>
  );
}
