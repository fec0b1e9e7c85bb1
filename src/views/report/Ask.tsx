import { useState } from "react";
import { t } from "../../language/words.ts";
import type { ReportQuestion } from "../../protocol/report.ts";
import { useActions, useLab } from "../context.ts";
import { Field } from "../kit/Field.tsx";
import css from "./Report.module.css";

const none: ReportQuestion = { key: [], sensitive: [] };
/** Columns that no model is meant to learn are not judged. */
const unjudged: readonly string[] = ["identifier", "text", "constant"];

/** What the report is to ask: a guess to begin with, which a person may change. */
export function Ask() {
  const guess = useLab((state) => state.data.prepared?.question);
  const card = useLab((state) => state.report.card);
  const columns = useLab((state) => state.data.summary?.columns);
  const ready = useLab(({ training, phase }) => training.startedFrom !== undefined && !training.starting && phase !== "error" && phase !== "loading"); // prettier-ignore
  const { makeReport } = useActions();
  const [question, ask] = useState<ReportQuestion>(card?.question ?? guess ?? none);
  const names = (columns ?? [])
    .filter(({ include, type }) => include && !unjudged.includes(type))
    .map(({ name }) => name);
  const { target, key, sensitive } = question;
  const secret = sensitive[0] ?? "";
  const make = (): void => {
    // A look-up needs both, what is known and what is looked for.
    const whole = key.length > 0 && sensitive.length > 0;
    makeReport({
      ...(target !== undefined && { target }),
      key: whole ? key : [],
      sensitive: whole ? sensitive : [],
    });
  };
  return (
    <section className={css.ask} aria-label={t`What the report asks`}>
      <Field label={t`To be predicted`}>
        {(ids) => (
          <select
            {...ids}
            value={target ?? ""}
            onChange={({ currentTarget: { value } }) =>
              ask(value === "" ? { key, sensitive } : { ...question, target: value })
            }
          >
            <option value="">{t`nothing`}</option>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t`Sensitive`}>
        {(ids) => (
          <select
            {...ids}
            value={secret}
            onChange={({ currentTarget: { value } }) =>
              ask({
                ...question,
                sensitive: value === "" ? [] : [value],
                key: key.filter((name) => name !== value),
              })
            }
          >
            <option value="">{t`nothing`}</option>
            {names.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        )}
      </Field>
      <details className={css.keys}>
        <summary>{t`Known to an attacker: ${key.length === 0 ? t`nothing` : key.join(", ")}`}</summary>
        <fieldset>
          <legend className="visuallyHidden">{t`Columns that an attacker knows`}</legend>
          {names
            .filter((name) => name !== secret)
            .map((name) => (
              <label key={name}>
                <input
                  type="checkbox"
                  checked={key.includes(name)}
                  onChange={({ currentTarget: { checked } }) =>
                    ask({
                      ...question,
                      key: checked ? [...key, name] : key.filter((other) => other !== name),
                    })
                  }
                />
                {name}
              </label>
            ))}
        </fieldset>
      </details>
      <button
        type="button"
        data-look={card === undefined ? "primary" : undefined}
        disabled={!ready}
        onClick={make}
      >
        {card === undefined ? t`Make the report` : t`Make it again`}
      </button>
      {card === undefined && guess !== undefined && <p>{guess.said}</p>}
    </section>
  );
}
