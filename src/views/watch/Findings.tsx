import { modelCard } from "../../catalog/models.ts";
import { t } from "../../language/words.ts";
import type { LabState } from "../../store/state.ts";
import type { Finding, Remedy } from "../../store/finding.ts";
import { findings } from "../../store/findings.ts";
import { useActions, useLab } from "../context.ts";
import { remedyWords } from "../remedyWords.ts";
import { useLabSlowly } from "../useLabSlowly.ts";
import css from "./Findings.module.css";
import panel from "./Results.module.css";

/** As text, so that what is found again is the same. */
const pick = (state: LabState): string => JSON.stringify(findings(state));

/** What goes wrong with the model on screen, why it is thought so, which points show it, and what may help. */
export function Findings() {
  const found = JSON.parse(useLabSlowly(pick, 1_000)) as readonly Finding[];
  const shown = useLab((state) => JSON.stringify(state.stage.shown));
  const { show, remedy: apply } = useActions();
  if (found.length === 0) return null;
  return (
    <section className={panel.section} aria-labelledby="findings-heading">
      <h2 id="findings-heading">{t`Worth a look`}</h2>
      <ul className={css.findings}>
        {found.map(({ id, title, evidence, shown: points, remedy }) => {
          const pressed = points !== undefined && JSON.stringify(points) === shown;
          return (
            <li key={id}>
              <b>{title}</b>
              <p>{evidence}</p>
              <div className={css.ways}>
                {points && (
                  <button
                    type="button"
                    aria-pressed={pressed}
                    title={pressed ? t`Takes the rings away` : t`Rings the points in the picture`}
                    onClick={() => show(pressed ? undefined : points)}
                  >{t`Show`}</button>
                )}
                {remedy && (
                  <button type="button" onClick={() => apply(remedy)}>
                    {remedyWords(remedy)}
                  </button>
                )}
              </div>
              {remedy && <Turned remedy={remedy} />}
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** What the one setting is that a remedy turns, in the words that stand under its control. */
function Turned({ remedy: { settings = {}, model } }: { readonly remedy: Remedy }) {
  const chosen = useLab((state) => state.setup.model);
  const [key, ...others] = Object.keys(settings);
  const setting = modelCard(model ?? chosen).settings.find((each) => each.key === key);
  if (setting === undefined || others.length > 0) return null;
  return <p>{`${setting.label}: ${setting.help}`}</p>;
}
