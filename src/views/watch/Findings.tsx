import { findings, type Finding } from "../../store/findings.ts";
import type { LabState } from "../../store/state.ts";
import { useActions } from "../context.ts";
import { useLabSlowly } from "../useLabSlowly.ts";
import css from "./Findings.module.css";
import panel from "./Results.module.css";

/** As text, so that what is found again is the same. */
const pick = (state: LabState): string => JSON.stringify(findings(state));

/** What goes wrong with the model on screen, why it is thought so, and what may help. Nothing where nothing does. */
export function Findings() {
  const found = JSON.parse(useLabSlowly(pick, 1_000)) as readonly Finding[];
  const { setSetting, train } = useActions();
  if (found.length === 0) return null;
  return (
    <section className={panel.section} aria-labelledby="findings-heading">
      <h2 id="findings-heading">Worth a look</h2>
      <ul className={css.findings}>
        {found.map(({ id, title, evidence, remedy }) => (
          <li key={id}>
            <b>{title}</b>
            <p>{evidence}</p>
            {remedy && (
              <button
                type="button"
                onClick={() => {
                  setSetting(remedy.key, remedy.value);
                  train();
                }}
              >
                {remedy.label} and train again
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
