import { t } from "../../language/words.ts";
import { isOwn } from "../../share/result.ts";
import type { Ticks } from "../../share/resultOf.ts";
import type { LabState } from "../../store/state.ts";
import css from "./ShareDialog.module.css";
import { SharedLinkPanel } from "./SharedLinkPanel.tsx";
import { useShared } from "./useShared.ts";

export interface PanelProps {
  readonly state: LabState;
  readonly ticks: Ticks;
  readonly onTick: (ticks: Ticks) => void;
}

export const nothingYet = (
  <p>{t`There is no result yet: train for a step or more, then come back. What is shared is the run as it stands when this dialog opens.`}</p>
);

/** What came of it, to be looked at without training anything. */
export function ResultPanel({ state, ticks, onTick }: PanelProps) {
  const result = useShared(state, ticks);
  if (result === undefined) return nothingYet;
  if (result === "making") return <p className={css.quiet}>{t`Making the link…`}</p>;
  return (
    <>
      <p>{t`The run to look at: figures, curves and pictures. Opening it trains nothing.${isOwn(result) && t` No row, no value and no name of yours is in it unless you tick it.`}`}</p>
      <SharedLinkPanel result={result} ticks={ticks} onTick={onTick} />
    </>
  );
}
