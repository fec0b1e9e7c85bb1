import { useState } from "react";
import { datasetCards } from "../../catalog/datasets.ts";
import { count, ofMany, t } from "../../language/words.ts";
import { useLab } from "../context.ts";
import { later } from "../kit/later.tsx";
import { FixedPart } from "../task/FixedPart.tsx";
import css from "./DataPanel.module.css";
import { DatasetSelect } from "./DatasetSelect.tsx";
import { OpenButtons } from "./OpenButtons.tsx";
import { ReadingBar } from "./ReadingBar.tsx";

const ColumnsDialog = later(async () => (await import("./ColumnsDialog.tsx")).ColumnsDialog);
/** Behind a summary that is closed at first. */
const EncodingOptions = later(async () => (await import("./EncodingOptions.tsx")).EncodingOptions);

/** Which rows to learn from: choose, open, look, correct. */
export function DataPanel() {
  const dataset = useLab((state) => state.setup.dataset);
  const { status, summary, prepared } = useLab((state) => state.data);
  const [looking, setLooking] = useState(false);
  const reading = status === "reading";
  const card = datasetCards.find(({ id }) => id === dataset);
  const used = summary?.columns.filter((column) => column.include).length ?? 0;

  return (
    <section className={css.panel} aria-labelledby="data-heading">
      <h2 id="data-heading">{t`Data`}</h2>
      <FixedPart part="data">
        <DatasetSelect />
        {card && <p className={css.quiet}>{card.summary}</p>}
        <OpenButtons />
      </FixedPart>
      {reading && <ReadingBar />}
      {summary && (
        <>
          {!reading && <p>{summary.said}</p>}
          {!reading && prepared && (
            <p
              className={css.quiet}
            >{t`${count(prepared.trainRows)} rows to learn from, ${count(prepared.holdoutRows)} held out${
              summary.rowsRead > summary.rows &&
              t`; a seeded sample of ${count(summary.rows)} out of ${count(summary.rowsRead)}`
            }`}</p>
          )}
          {summary.issues.length > 0 && (
            <details>
              <summary>{t`${summary.issues.length === 1 ? t`1 note` : t`${summary.issues.length} notes`} from reading`}</summary>
              <ul className={css.issues}>
                {summary.issues.slice(0, 50).map((issue) => (
                  <li key={issue}>{issue}</li>
                ))}
              </ul>
            </details>
          )}
          {summary.columns.length === 0 ? (
            summary.image && <p>{t`Images of ${summary.image.width} × ${summary.image.height} pixels`}</p>
          ) : (
            <p className={css.columns}>
              <span>
                {used === summary.columns.length
                  ? `${count(used)} ${ofMany(used, "column")}`
                  : t`${count(used)} of ${count(summary.columns.length)} columns used`}
              </span>
              <button
                type="button"
                disabled={reading}
                onClick={() => setLooking(true)}
              >{t`Look at columns`}</button>
            </p>
          )}
          {/* What is chosen here prepares the table on screen, which is about to go. */}
          <div inert={reading}>
            <FixedPart part="data">
              <details>
                <summary>{t`Advanced: split and encoding`}</summary>
                <EncodingOptions />
              </details>
            </FixedPart>
          </div>
        </>
      )}
      {looking && summary && <ColumnsDialog summary={summary} onClose={() => setLooking(false)} />}
    </section>
  );
}
