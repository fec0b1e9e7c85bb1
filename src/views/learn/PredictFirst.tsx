import { useId } from "react";
import { t } from "../../language/words.ts";
import type { Prediction } from "../../lessons/lesson.ts";
import { useActions } from "../context.ts";
import css from "./Learn.module.css";

/** A question before the run; what is so, and why, once it was answered and something was run. */
export function PredictFirst({
  prediction: { question, options, answer: right, why },
  answer,
  ran,
}: {
  readonly prediction: Prediction;
  readonly answer: number | undefined;
  readonly ran: boolean;
}) {
  const name = useId();
  const { predict } = useActions();
  return (
    <fieldset className={css.predict}>
      <legend>{t`Predict first: ${question}`}</legend>
      {options.map((option, i) => (
        <label key={option}>
          <input type="radio" name={name} checked={answer === i} onChange={() => predict(i)} />
          {option}
        </label>
      ))}
      {answer !== undefined &&
        (ran ? (
          <p>
            <b>{answer === right ? t`As you said.` : t`No: “${options[right]!}”.`}</b> {why}
          </p>
        ) : (
          <p className={css.quiet}>{t`Now run it; then it says what is so.`}</p>
        ))}
    </fieldset>
  );
}
