import { count, t } from "../../language/words.ts";
import type { OriginNote } from "../../protocol/analysis.ts";
import { modelName } from "../../store/fold.ts";
import { chosenOrigin } from "../../store/origins.ts";
import type { Setup } from "../../store/setup.ts";
import type { LabState } from "../../store/state.ts";
import { saidOfMatched } from "../../table/matched.ts";
import { useActions, useLab } from "../context.ts";
import { Field } from "../kit/Field.tsx";
import css from "./Experiment.module.css";

/** Which weights a run begins with, and whether the table of the last one is shown beside this one. */
export function StartControl() {
  const weights = useLab((state) => state.setup.weights);
  const { last, file, shown } = useLab((state) => state.origins);
  const waits = useLab(
    ({ training: { startedFrom }, setup }) =>
      startedFrom !== undefined && startedFrom.weights !== setup.weights,
  );
  const help = useLab(helpOf);
  const { startFrom, openRun, showSource } = useActions();
  return (
    <>
      <Field
        label={t`Start from`}
        help={help}
        note={waits && <span className={css.restart}>{t`needs a new run`}</span>}
      >
        {(ids) => (
          <div className={css.start}>
            <select
              {...ids}
              value={weights}
              onChange={(event) => startFrom(event.target.value as Setup["weights"])}
            >
              <option value="fresh">{t`fresh weights`}</option>
              {last && <option value="last">{t`last run (${words(last)})`}</option>}
              {file && <option value="file">{t`file (${words(file)})`}</option>}
            </select>
            <label data-button="" title={t`A file that Save run or likeness train --save made`}>
              {t`Saved run…`}
              <input
                type="file"
                className="visuallyHidden"
                accept=".json,application/json"
                onChange={(event) => {
                  const [chosen] = event.target.files ?? [];
                  if (chosen) openRun(chosen);
                  event.target.value = ""; // the same file again is a new reading
                }}
              />
            </label>
          </div>
        )}
      </Field>
      {last?.cloud && (
        <Field label={t`Show the rows of ${last.name} too`} help={t`As a cloud of grey rings, the source.`}>
          {(ids) => (
            <span className={css.switch}>
              <input
                {...ids}
                type="checkbox"
                role="switch"
                checked={shown}
                onChange={(event) => showSource(event.target.checked)}
              />
              <span aria-hidden="true">{shown ? t`on` : t`off`}</span>
            </span>
          )}
        </Field>
      )}
    </>
  );
}

const words = ({ name, model, step }: OriginNote): string =>
  t`${name}, ${modelName(model)}, ${count(step)} steps`;

/** Before a run what will be carried over, then what was. */
function helpOf(state: LabState): string | undefined {
  const { training, setup } = state;
  const chosen = chosenOrigin(state);
  if (chosen === undefined) return undefined;
  if (chosen.model !== setup.model)
    return t`That run is of ${modelName(chosen.model)}: with another model all weights are fresh.`;
  const { carried, startedFrom } = training;
  if (startedFrom?.weights !== setup.weights || carried === undefined)
    return t`What both tables have by name keeps its weights, the rest is fresh. Numbers keep their rank, not their value. Few rows need few steps.`;
  if (carried.weights === 0)
    return t`Nothing of that run fits this table and these settings: all weights were fresh.`;
  const said = saidOfMatched(carried.columns);
  return t`${said[0]!.toUpperCase()}${said.slice(1)}. ${share(carried.weights / carried.of)} of the weights are that run's.`;
}

const share = (part: number): string => `${Math.round(100 * part)}\u00a0%`;
