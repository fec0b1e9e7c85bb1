import { Architecture } from "./Architecture.tsx";
import { DialsPanel } from "./DialsPanel.tsx";
import { DownloadPanel } from "./DownloadPanel.tsx";
import { Findings } from "./Findings.tsx";
import { HoldoutPanel } from "./HoldoutPanel.tsx";
import { LossPanel } from "./LossPanel.tsx";
import { WorstColumns } from "./WorstColumns.tsx";

/** What there is to say of a run; its rows are taken away high enough to be in sight on a laptop. */
export function Panels() {
  return (
    <>
      <LossPanel />
      <Findings />
      <DialsPanel />
      <HoldoutPanel />
      <DownloadPanel />
      <WorstColumns />
      <Architecture />
    </>
  );
}
