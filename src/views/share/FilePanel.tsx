import { useState } from "react";
import { fileEnding, fileText } from "../../share/file.ts";
import { isOwn } from "../../share/result.ts";
import { packedForFile } from "../../share/resultOf.ts";
import { modelCard } from "../../catalog/models.ts";
import { t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import { saveFile } from "../kit/saveFile.ts";
import { Contents } from "./Contents.tsx";
import { resultLines } from "./contents.ts";
import { nothingYet, type PanelProps } from "./ResultPanel.tsx";
import css from "./ShareDialog.module.css";
import { TickBoxes } from "./TickBoxes.tsx";
import { useShared } from "./useShared.ts";

/** The run to keep: all that is seen of it and, if wanted, what it learned. */
export function FilePanel({ state, ticks, onTick }: PanelProps) {
  const result = useShared(state, ticks);
  const [weights, setWeights] = useState(false);
  const { download } = useActions();
  const { status, note } = useLab((now) => now.download);
  if (result === undefined) return nothingYet;
  if (result === "making") return <p className={css.quiet}>{t`Making the file…`}</p>;
  const own = isOwn(result);
  const { setup } = result.runs[0]!;
  const save = async (): Promise<void> => {
    const packed = await packedForFile(result);
    if (weights) return download({ rows: 1, escapeFormulas: false, model: "run", shared: packed });
    const name = `${own ? "result" : setup.dataset}-${setup.model}${fileEnding}`;
    saveFile(new Blob([fileText(packed)], { type: "application/json" }), name);
  };
  return (
    <>
      <p>
        {t`The run to keep or to hand on. Drop it on Likeness to look at it again; with its weights it makes rows in the command line, where `}
        <code>{t`likeness sample`}</code>
        {t` takes it.`}
      </p>
      <TickBoxes own={own} ticks={ticks} onTick={onTick} withReplay={false} />
      <label className={css.tick}>
        <input type="checkbox" checked={weights} onChange={(event) => setWeights(event.target.checked)} />
        <span>
          {t`Weights `}
          <small>{t`what ${modelCard(setup.model).name} has learned by now`}</small>
        </span>
      </label>
      {weights && (
        <p
          className={css.warning}
          role="note"
        >{t`With weights the file holds values of the table: column names, categories, the ends of numbers and up to 10,000 of their values. Who may not see the table should not get the file.`}</p>
      )}
      <p className={css.also}>
        <button
          type="button"
          data-look="primary"
          disabled={status === "working"}
          onClick={() => void save()}
        >{t`Save file`}</button>
        {weights && status !== "idle" && <span className={css.quiet}>{note}</span>}
      </p>
      <Contents lines={resultLines(result, ticks.categories)} />
    </>
  );
}
