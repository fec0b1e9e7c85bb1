import { useState } from "react";
import { modelCard } from "../../catalog/models.ts";
import { count, ofMany, t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import { Field } from "../kit/Field.tsx";
import { NumberBox } from "../kit/NumberBox.tsx";
import { conditionOf, type ConditionDraft } from "./conditionDraft.ts";
import { Conditions } from "./Conditions.tsx";
import css from "./Results.module.css";

/** More rows than this fill a tab's memory with text. */
const mostRows = 1_000_000;

/** Synthetic rows as a CSV like the original. */
export function DownloadPanel() {
  const summary = useLab((state) => state.data.summary);
  const rows = Math.min(mostRows, summary?.rows ?? 1_000);
  const { status, note } = useLab((state) => state.download);
  const made = useLab(
    ({ training, phase }) =>
      training.startedFrom !== undefined && (training.step > 0 || phase === "finished"),
  );
  const instant = useLab((state) => modelCard((state.training.startedFrom ?? state.setup).model).instant);
  const { download, cancelDownload } = useActions();
  /** A number chosen for one table means nothing for the next. */
  const [chosen, choose] = useState<{ readonly table: string | undefined; readonly rows: number }>();
  const wanted = chosen && chosen.table === summary?.name ? chosen.rows : rows;
  const [escapeFormulas, setEscapeFormulas] = useState(false);
  const [asked, ask] = useState<{
    readonly table: string | undefined;
    readonly drafts: readonly ConditionDraft[];
  }>();
  const drafts = asked && asked.table === summary?.name ? asked.drafts : [];
  const columns = (summary?.columns ?? []).filter(({ include }) => include);
  const gaps = columns.reduce((sum, { missing }) => sum + missing, 0);
  const conditions = drafts.flatMap((draft) => {
    const column = columns.find(({ name }) => name === draft.column);
    return column === undefined ? [] : [conditionOf(draft, column.histogram.kind === "numeric")];
  });

  return (
    <section className={css.section} aria-labelledby="download-heading">
      <h2 id="download-heading">{t`Synthetic rows`}</h2>
      <div className={css.download}>
        <Field label={t`Rows`}>
          {(ids) => (
            <NumberBox
              {...ids}
              whole
              min={1}
              max={mostRows}
              value={wanted}
              onCommit={(next) => choose({ table: summary?.name, rows: next })}
            />
          )}
        </Field>
        <button
          type="button"
          disabled={!made || status === "working"}
          onClick={() => download({ rows: wanted, escapeFormulas, conditions })}
        >{t`Download CSV`}</button>
      </div>
      <Conditions
        columns={columns}
        rows={summary?.rows ?? 0}
        drafts={drafts}
        onChange={(next) => ask({ table: summary?.name, drafts: next })}
      />
      {!made && <p className={css.quiet}>{t`There are rows to download after the first step.`}</p>}
      {made && status !== "idle" && (
        <p className={status === "working" ? css.quiet : undefined}>
          {note}{" "}
          {status === "working" && (
            <button type="button" data-look="link" onClick={cancelDownload}>{t`Cancel`}</button>
          )}
        </p>
      )}
      {gaps > 0 && (
        <div className={css.fill}>
          <button
            type="button"
            disabled={!made || status === "working"}
            aria-describedby="fill-help"
            onClick={() => download({ rows: wanted, escapeFormulas, fill: true })}
          >{t`Fill gaps`}</button>
          <p id="fill-help">{t`Your own table back, its ${count(gaps)} missing ${ofMany(gaps, "cell")} drawn from what the rest of each row says.`}</p>
        </div>
      )}
      <div className={css.check}>
        <input
          type="checkbox"
          id="escape-formulas"
          aria-describedby="escape-help"
          checked={escapeFormulas}
          onChange={(event) => setEscapeFormulas(event.target.checked)}
        />
        <label htmlFor="escape-formulas">{t`Escape spreadsheet formulas`}</label>
        <p id="escape-help">{t`Puts an apostrophe before text cells that start with =, +, − or @, which Excel would run. Off by default: cells stay as they were in your table.`}</p>
      </div>
      {!instant && (
        <div className={css.fill}>
          <button
            type="button"
            disabled={!made || status === "working"}
            aria-describedby="onnx-help"
            onClick={() => download({ rows: wanted, escapeFormulas, model: "onnx" })}
          >{t`Export ONNX`}</button>
          <p id="onnx-help">{t`The trained model for other programs, in a zip with how its rows become a table. It holds values of yours.`}</p>
          <button
            type="button"
            disabled={!made || status === "working"}
            aria-describedby="run-help"
            onClick={() => download({ rows: wanted, escapeFormulas, model: "run" })}
          >{t`Save run`}</button>
          <p id="run-help">{t`The same for this lab: another run can start from it, and a terminal draws rows of it. It holds values of yours.`}</p>
        </div>
      )}
    </section>
  );
}
