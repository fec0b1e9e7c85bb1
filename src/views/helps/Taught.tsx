import {
  learnerWords,
  measureWords,
  type ExperimentChoice,
  type LearnerName,
  type MeasureName,
} from "../../catalog/experiments.ts";
import { t } from "../../language/words.ts";
import css from "./Helps.module.css";

/** Which models are taught, and by what they are judged; one of each at least. */
export function Taught({
  choice: { learners, measures: chosen },
  measures,
  onChange,
}: {
  readonly choice: Pick<ExperimentChoice, "learners" | "measures">;
  /** Those that the target allows. */
  readonly measures: readonly MeasureName[];
  readonly onChange: (change: Partial<ExperimentChoice>) => void;
}) {
  return (
    <details className={css.taught}>
      <summary>{t`Teaches ${learners.map((name) => learnerWords[name]).join(", ")}; judged by ${chosen.map((name) => measureWords[name]).join(", ")}`}</summary>
      <Ticks
        legend={t`Models that learn`}
        all={Object.keys(learnerWords) as LearnerName[]}
        words={learnerWords}
        chosen={learners}
        onChange={(next) => onChange({ learners: next })}
      />
      <Ticks
        legend={t`Judged by`}
        all={measures}
        words={measureWords}
        chosen={chosen}
        onChange={(next) => onChange({ measures: next })}
      />
      <p>{t`Each comparison more makes all of them stricter: choose what you want to know beforehand.`}</p>
    </details>
  );
}

function Ticks<K extends string>({
  legend,
  all,
  words,
  chosen,
  onChange,
}: {
  readonly legend: string;
  readonly all: readonly K[];
  readonly words: Readonly<Record<K, string>>;
  readonly chosen: readonly K[];
  readonly onChange: (next: readonly K[]) => void;
}) {
  return (
    <fieldset>
      <legend className="visuallyHidden">{legend}</legend>
      {all.map((name) => (
        <label key={name}>
          <input
            type="checkbox"
            checked={chosen.includes(name)}
            disabled={chosen.length === 1 && chosen.includes(name)}
            onChange={({ currentTarget: { checked } }) =>
              onChange(all.filter((one) => (one === name ? checked : chosen.includes(one))))
            }
          />
          {words[name].replace(/^(an?|eine?) /u, "")}
        </label>
      ))}
    </fieldset>
  );
}
