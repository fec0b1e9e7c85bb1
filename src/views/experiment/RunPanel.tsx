import { modelCard } from "../../catalog/models.ts";
import { t } from "../../language/words.ts";
import type { Budget } from "../../protocol/run.ts";
import { useActions, useLab } from "../context.ts";
import { Field } from "../kit/Field.tsx";
import { NumberBox } from "../kit/NumberBox.tsx";
import { FixedPart } from "../task/FixedPart.tsx";
import css from "./Experiment.module.css";
import { StartControl } from "./StartControl.tsx";

/** Most that a run may be asked for; links are held to the same. */
const most = { steps: 1_000_000, seconds: 86_400 } as const;
/** A round amount of either unit to start from when the unit changes. */
const usual = { steps: 2_000, seconds: 60 } as const;

/** For how long, and from which seed. */
export function RunPanel() {
  const seed = useLab((state) => state.setup.seed);
  const budget = useLab((state) => state.setup.budget);
  const startedSeed = useLab((state) => state.training.startedFrom?.seed);
  const instant = useLab((state) => modelCard(state.setup.model).instant);
  const { setSeed, setBudget } = useActions();
  const { unit, amount } = budget;

  return (
    <section className={css.section} aria-labelledby="run-heading">
      <h2 id="run-heading">{t`Run`}</h2>
      {!instant && <StartControl />}
      <FixedPart part="budget">
        <Field
          label={unit === "steps" ? t`Steps` : t`Seconds`}
          note={!instant && <span title={t`A running model takes this change at once`}>{t`live`}</span>}
          {...(instant && { help: t`This model takes no steps; the others will use this.` })}
        >
          {(ids) => (
            <div className={css.budget}>
              <NumberBox
                {...ids}
                whole
                min={1}
                max={most[unit]}
                value={amount}
                onCommit={(next) => setBudget({ unit, amount: next })}
              />
              <select
                aria-label={t`Budget in`}
                value={unit}
                onChange={(event) => {
                  const next = event.target.value as Budget["unit"];
                  setBudget({ unit: next, amount: usual[next] });
                }}
              >
                <option value="steps">{t`steps`}</option>
                <option value="seconds">{t`seconds`}</option>
              </select>
            </div>
          )}
        </Field>
      </FixedPart>
      <FixedPart part="seed">
        <Field
          label={t`Seed`}
          help={t`Same seed, same backend, same browser: the same rows.`}
          note={
            startedSeed !== undefined &&
            startedSeed !== seed && <span className={css.restart}>{t`needs a new run`}</span>
          }
        >
          {(ids) => <NumberBox {...ids} whole min={0} max={4_294_967_295} value={seed} onCommit={setSeed} />}
        </Field>
      </FixedPart>
    </section>
  );
}
