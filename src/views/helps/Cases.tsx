import { experiments } from "../../catalog/experiments.ts";
import { t } from "../../language/words.ts";
import { useActions } from "../context.ts";
import css from "./Helps.module.css";

/** Experiments that anybody can repeat: a press opens the loans, sets everything and runs. */
export function Cases() {
  const { tryCase } = useActions();
  return (
    <section className={css.cases} aria-labelledby="cases-heading">
      <h2 id="cases-heading">{t`Two experiments to repeat`}</h2>
      <ul>
        {experiments.map(({ id, title, sentence }) => (
          <li key={id}>
            <h3>{title}</h3>
            <p>{sentence}</p>
            <button
              type="button"
              onClick={() => tryCase(id)}
              aria-label={t`Run: ${title}`}
            >{t`Open the loans and run`}</button>
          </li>
        ))}
      </ul>
    </section>
  );
}
