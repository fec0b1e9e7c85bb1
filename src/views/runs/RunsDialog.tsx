import { useState } from "react";
import { modelCard } from "../../catalog/models.ts";
import { count, t } from "../../language/words.ts";
import { differences, fits, sorted, type RunRecord, type SortKey } from "../../store/runs.ts";
import { useActions, useLab } from "../context.ts";
import { CurveKey } from "../kit/CurveKey.tsx";
import { Dialog, DialogBody } from "../kit/Dialog.tsx";
import { short, stopwatch } from "../kit/format.ts";
import { TextBox } from "../kit/TextBox.tsx";
import { CurveChart } from "../result/CurveChart.tsx";
import { curveToken, isLoss } from "../watch/curves.ts";
import { Remember } from "./Remember.tsx";
import css from "./RunsDialog.module.css";

const columns: readonly { readonly key: SortKey; readonly label: string; readonly help?: string }[] = [
  { key: "name", label: t`Run` },
  { key: "table", label: t`Data` },
  { key: "step", label: t`Steps` },
  { key: "elapsed", label: t`Time` },
  {
    key: "distance",
    label: t`Distance`,
    help: t`Energy distance to held-out rows at the last step; 0 is best`,
  },
  { key: "best", label: t`Best`, help: t`The same at its best step` },
];

/** Every run that was made: named, compared with one of them, its losses laid over those of others, and opened again. */
export function RunsDialog({ onClose }: { readonly onClose: () => void }) {
  const records = useLab(({ runs }) => runs.records);
  const said = useLab(({ runs }) => runs.said);
  const [words, setWords] = useState("");
  const [order, setOrder] = useState<{ readonly key: SortKey; readonly up: boolean }>({
    key: "began",
    up: false,
  });
  const [basis, setBasis] = useState<string>();
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const baseline = records.find(({ id }) => id === basis) ?? records.at(-1);
  const shown = baseline
    ? sorted(records, order.key, order.up).filter((run) => fits(run, words, baseline))
    : [];
  const over = shown.filter(({ id }) => picked.has(id));

  const pick = (id: string, on: boolean): void => {
    const next = new Set(picked);
    if (on) next.add(id);
    else next.delete(id);
    setPicked(next);
  };

  return (
    <Dialog title={t`Runs`} wide onClose={onClose}>
      <DialogBody>
        <Remember />
        <p role="status" className={css.said}>
          {said}
        </p>
        {baseline === undefined ? (
          <p
            className={css.quiet}
          >{t`None yet: a run is noted here when it pauses, ends, or gives way to another.`}</p>
        ) : (
          <>
            <div className={css.tools}>
              <input
                type="search"
                aria-label={t`Filter runs`}
                placeholder={t`Filter by name, model, data, setting`}
                value={words}
                onChange={({ target }) => setWords(target.value)}
              />
              <label>
                {t`Baseline `}
                <select value={baseline.id} onChange={({ target }) => setBasis(target.value)}>
                  {records.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {name}
                    </option>
                  ))}
                </select>
              </label>
            </div>
            <div className={css.scroll} tabIndex={0} role="region" aria-label={t`Table of runs`}>
              <table className={css.table}>
                <thead>
                  <tr>
                    <th scope="col">
                      <span className="visuallyHidden">{t`Overlay its losses`}</span>
                    </th>
                    {columns.map(({ key, label, help }) => (
                      <th
                        key={key}
                        scope="col"
                        title={help}
                        {...(order.key === key && { "aria-sort": order.up ? "ascending" : "descending" })}
                      >
                        <button
                          type="button"
                          data-look="link"
                          onClick={() => setOrder({ key, up: order.key === key ? !order.up : true })}
                        >
                          {label}
                          {order.key === key && (order.up ? " ↑" : " ↓")}
                        </button>
                      </th>
                    ))}
                    <th scope="col">{t`Losses`}</th>
                    <th scope="col">
                      <span className="visuallyHidden">{t`Ways`}</span>
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {shown.map((run) => (
                    <RunRow
                      key={run.id}
                      run={run}
                      baseline={baseline}
                      picked={picked.has(run.id)}
                      onPick={(on) => pick(run.id, on)}
                      onOpen={onClose}
                    />
                  ))}
                </tbody>
              </table>
            </div>
            {shown.length === 0 && <p className={css.quiet}>{t`No run has these words.`}</p>}
            {over.length > 0 && (
              <section aria-label={t`Losses laid over each other`} className={css.over}>
                <h3>{t`Losses`}</h3>
                <Overlay runs={over} />
              </section>
            )}
          </>
        )}
      </DialogBody>
    </Dialog>
  );
}

function RunRow({
  run,
  baseline,
  picked,
  onPick,
  onOpen,
}: {
  readonly run: RunRecord;
  readonly baseline: RunRecord;
  readonly picked: boolean;
  readonly onPick: (on: boolean) => void;
  readonly onOpen: () => void;
}) {
  const { runs } = useActions();
  const { id, name, pinned, setup, table, step, elapsed, distance, best, losses } = run;
  const what =
    run === baseline
      ? t`the baseline`
      : differences(run, baseline)
          .filter((word) => word !== modelCard(setup.model).name && word !== table)
          .join(", ");
  const curve = losses.curves.find((each) => isLoss(each.name));
  return (
    <tr>
      <td>
        <input
          type="checkbox"
          aria-label={t`Overlay losses of ${name}`}
          checked={picked}
          disabled={curve === undefined}
          onChange={({ target }) => onPick(target.checked)}
        />
      </td>
      <th scope="row">
        <TextBox
          aria-label={t`Name of ${name}`}
          className={css.name}
          maxLength={60}
          value={name}
          onCommit={(next) => runs.rename(id, next)}
        />
        <small>
          {modelCard(setup.model).name}
          {what !== "" && `; ${what}`}
        </small>
      </th>
      <td className={css.data}>{table}</td>
      <td className={css.figure}>{count(step)}</td>
      <td className={css.figure}>{stopwatch(elapsed)}</td>
      <td className={css.figure}>{distance === undefined ? "–" : short(Math.max(0, distance), 3)}</td>
      <td className={css.figure}>
        {best === undefined ? "–" : short(Math.max(0, best.distance), 3)}
        {best && <small>{t`step ${count(best.step)}`}</small>}
      </td>
      <td>
        {curve && (
          <svg className={css.spark} viewBox="0 0 96 24" preserveAspectRatio="none" aria-hidden="true">
            <path d={lineOf(curve.values)} vectorEffect="non-scaling-stroke" />
          </svg>
        )}
      </td>
      <td className={css.ways}>
        <button
          type="button"
          data-look="link"
          onClick={() => {
            onOpen();
            runs.open(id);
          }}
        >
          {t`Open`}
          <span className="visuallyHidden"> {name}</span>
        </button>
        <button type="button" data-look="link" aria-pressed={pinned} onClick={() => runs.pin(id, !pinned)}>
          {pinned ? t`Unpin` : t`Pin`}
          <span className="visuallyHidden"> {name}</span>
        </button>
        <button type="button" data-look="link" onClick={() => runs.drop(id)}>
          {t`Delete`}
          <span className="visuallyHidden"> {name}</span>
        </button>
      </td>
    </tr>
  );
}

/** Curves of several runs on one scale: a colour for each run, a stroke for each of its curves. */
function Overlay({ runs }: { readonly runs: readonly RunRecord[] }) {
  const curves = runs.flatMap(({ name, losses }, r) =>
    losses.curves
      .filter((curve) => isLoss(curve.name))
      .map(({ name: curve, values }, c) => ({
        name: `${name}, ${curve}`,
        values,
        steps: losses.steps,
        colour: curveToken(r),
        stroke: strokes[c % strokes.length]!,
      })),
  );
  return (
    <>
      <CurveKey curves={curves} />
      <CurveChart at={-1} curves={curves} />
    </>
  );
}
const strokes = ["solid", "dashed", "dotted"] as const;

/** A curve as it goes, without axes. */
function lineOf(values: readonly number[]): string {
  const finite = values.filter(Number.isFinite);
  const [low, high] = [Math.min(...finite), Math.max(...finite)];
  return finite
    .map((value, i) => {
      const y = 22 - (20 * (value - low)) / Math.max(1e-9, high - low);
      return `${i === 0 ? "M" : "L"}${((96 * i) / Math.max(1, finite.length - 1)).toFixed(1)} ${y.toFixed(1)}`;
    })
    .join("");
}
