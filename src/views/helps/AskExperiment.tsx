import { useState } from "react";
import { modelCard } from "../../catalog/models.ts";
import { experimentLimits as limits, type ExperimentChoice } from "../../catalog/experiments.ts";
import { sense, t } from "../../language/words.ts";
import { classesOf, fitting, measuresFor, targetsOf } from "../../store/experiment.ts";
import { useActions, useLab } from "../context.ts";
import { Field } from "../kit/Field.tsx";
import { NumberBox } from "../kit/NumberBox.tsx";
import { TextBox } from "../kit/TextBox.tsx";
import css from "./Helps.module.css";
import { Taught } from "./Taught.tsx";

/** What is to be tried: what the link or the last experiment says, else good defaults for the table. */
export function AskExperiment() {
  const columns = useLab((state) => state.data.summary?.columns) ?? [];
  const guess = useLab((state) => state.data.prepared?.question?.target);
  const trainRows = useLab((state) => state.data.prepared?.trainRows ?? 0);
  const held = useLab((state) => state.data.prepared?.holdoutRows ?? 0);
  const source = useLab(({ origins: { last } }) => (last?.cloud === true ? last.name : undefined));
  const wanted = useLab((state) => state.setup.experiment);
  const model = useLab((state) => modelCard(state.setup.model));
  const { tryExperiment } = useActions();
  const [draft, setDraft] = useState<Partial<ExperimentChoice>>(wanted ?? {});
  const choice = fitting(draft, columns, guess, trainRows);
  if (choice === undefined)
    return (
      <p
        className={css.quiet}
      >{t`There is no column to predict here: an experiment needs a number, or a column of two to twenty categories.`}</p>
    );
  const target = columns.find(({ name }) => name === choice.target)!;
  const classes = classesOf(target);
  const set = (change: Partial<ExperimentChoice>): void => setDraft({ ...draft, ...change });
  const { kind, sizes, seeds } = choice;
  const transfer = kind === "transfer";
  const models = transfer ? (model.instant ? 1 : 3) * seeds : sizes.length * seeds;
  return (
    <section className={css.ask} aria-label={t`What is tried`}>
      <Field label={t`Experiment`}>
        {(ids) => (
          <select
            {...ids}
            value={kind}
            onChange={({ currentTarget: { value } }) =>
              setDraft({ target: choice.target, positive: choice.positive ?? "", kind: value as typeof kind })
            }
          >
            <option value="curves">{t`Learning curve`}</option>
            {classes.length > 0 && <option value="rare">{t`More of a rare class`}</option>}
            {(source !== undefined || kind === "transfer") && (
              <option value="transfer">{t`Rows of another table`}</option>
            )}
          </select>
        )}
      </Field>
      <Field label={t`To be predicted`}>
        {(ids) => (
          <select
            {...ids}
            value={choice.target}
            onChange={({ currentTarget: { value } }) => setDraft({ kind, target: value })}
          >
            {targetsOf(columns).map(({ name }) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      {classes.length > 0 && (
        <Field label={t`Class looked at`}>
          {(ids) => (
            <select
              {...ids}
              value={choice.positive}
              onChange={({ currentTarget: { value } }) => set({ positive: value })}
            >
              {classes.map((name) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          )}
        </Field>
      )}
      <Field label={transfer ? t`Real target rows` : t`Real rows`}>
        {(ids) => (
          <TextBox
            {...ids}
            value={sizes.join(", ")}
            inputMode="numeric"
            title={transfer ? t`One number` : t`Up to six numbers, joined by commas`}
            onCommit={(text) =>
              set({ sizes: sizesIn(text)?.slice(0, transfer ? 1 : limits.sizes.many) ?? sizes })
            }
          />
        )}
      </Field>
      {kind !== "rare" ? (
        <Field label={t`Synthetic for each real`}>
          {(ids) => (
            <NumberBox
              {...ids}
              value={choice.multiple}
              min={limits.multiple.least}
              max={limits.multiple.most}
              onCommit={(multiple) => set({ multiple })}
            />
          )}
        </Field>
      ) : (
        <Field label={t`Share of the class, %`}>
          {(ids) => (
            <NumberBox
              {...ids}
              value={Math.round(1000 * choice.share) / 10}
              min={100 * limits.share.least}
              max={100 * limits.share.most}
              onCommit={(share) => set({ share: share / 100 })}
            />
          )}
        </Field>
      )}
      <Field label={t`Seeds`}>
        {(ids) => (
          <NumberBox
            {...ids}
            value={seeds}
            min={limits.seeds.least}
            max={limits.seeds.most}
            whole
            onCommit={(value) => set({ seeds: value })}
          />
        )}
      </Field>
      {!model.instant && (
        <Field label={t`Steps for each model`}>
          {(ids) => (
            <NumberBox
              {...ids}
              value={choice.steps}
              min={limits.steps.least}
              max={limits.steps.most}
              whole
              onCommit={(steps) => set({ steps })}
            />
          )}
        </Field>
      )}
      <button
        type="button"
        data-look="primary"
        disabled={held === 0 || (transfer && source === undefined)}
        onClick={() => tryExperiment(choice)}
      >
        {sense("Run", "verb")}
      </button>
      <Taught choice={choice} measures={measuresFor(target)} onChange={set} />
      {transfer && (
        <p>
          {source === undefined
            ? t`There is no table before this one. Open the source, train on it for a moment, then open this table again.`
            : t`Source: rows of ${source}. Target: a few rows of this table. Do rows of the source help models that are used on the target, and do synthetic target rows, from scratch or from a model that learned from the source first?`}
        </p>
      )}
      <p>{t`${model.name} makes the rows: ${models === 1 ? t`one model is` : t`${models} models are`} trained, each anew and on just the real rows of its ${transfer ? t`seed` : t`point`}, on WASM and beside the run. Choose another under Model.${seeds < 3 && t` With fewer than three seeds, hardly anything is beyond chance.`}`}</p>
    </section>
  );
}

/** At most six different whole numbers; undefined where the text holds none that will do. */
function sizesIn(text: string): readonly number[] | undefined {
  const { least, most, many } = limits.sizes;
  const numbers = text
    .split(/[^\d]+/u)
    .filter((part) => part !== "")
    .map((part) => Math.min(most, Math.max(least, Number(part))));
  const different = [...new Set(numbers)].toSorted((a, b) => a - b).slice(0, many);
  return different.length > 0 ? different : undefined;
}
