import { t } from "../../language/words.ts";
import { modelName } from "../../store/fold.ts";
import { useActions, useLab } from "../context.ts";
import { percent } from "../kit/format.ts";
import { Ask } from "./Ask.tsx";
import { CardView } from "./CardView.tsx";
import css from "./Report.module.css";

/** How good the rows are: a question, a wait that can be ended, a report. */
export function ReportView() {
  const report = useLab((state) => state.report);
  const data = useLab((state) => state.data.prepared?.data);
  const moved = useLab(
    ({ training, report: { of } }) =>
      of !== undefined && (of.run !== training.run || of.step !== training.step),
  );
  const { card, status } = report;
  return (
    <div className={css.view} tabIndex={0} role="region" aria-label={t`Quality report`}>
      {status === "working" ? <Working /> : <Ask key={`${data} ${card === undefined}`} />}
      {card === undefined ? (
        status === "idle" && <Promise />
      ) : (
        <CardView card={card} moved={moved && status === "idle"} />
      )}
    </div>
  );
}

function Working() {
  const { share, doing } = useLab((state) => state.report);
  const { cancelReport } = useActions();
  return (
    <section className={css.working} aria-label={t`Making the report`}>
      <p>
        {doing}… {percent(Math.round(100 * share) / 100)}
      </p>
      <progress value={share} max={1} aria-label={t`Making the report`} />
      <button type="button" onClick={cancelReport}>{t`Cancel`}</button>
    </section>
  );
}

/** What a report will say, before there is one. */
function Promise() {
  const trained = useLab((state) => state.training.startedFrom !== undefined);
  const model = useLab((state) => modelName(state.setup.model));
  const held = useLab((state) => state.data.prepared?.holdoutRows ?? 0);
  return (
    <div className={css.promise}>
      <p>{t`${
        trained
          ? t`A report draws fresh rows from the model`
          : t`Once ${model} has learned something, a report draws fresh rows from it`
      } and judges them along six axes: how like real rows they are, how useful, how safe, how complete, how steady the model is, and what else it can do. Each figure stands beside that of real rows which were held out, of independent columns and of a copy.`}</p>
      {held === 0 && (
        <p>{t`No rows are held out, so there will be no figure for privacy and utility. Hold some out under Data, Advanced.`}</p>
      )}
    </div>
  );
}
