import { presets } from "../../catalog/presets.ts";
import { t } from "../../language/words.ts";
import { presetOf } from "../../store/setup.ts";
import { useActions, useLab } from "../context.ts";
import css from "./Experiment.module.css";

/** Three examples from the literature of blog posts, exactly as printed, each with what limits it. */
export function PresetList() {
  const chosen = useLab((state) => presetOf(state.setup));
  const { applyPreset } = useActions();
  return (
    <section className={css.section} aria-labelledby="presets-heading">
      <h2 id="presets-heading">{t`Textbook examples`}</h2>
      <p
        className={css.quiet}
      >{t`The three networks that tutorials print, unchanged, and what limits each of them.`}</p>
      <ul className={css.presets}>
        {presets.map((preset) => {
          const active = preset === chosen;
          return (
            <li key={preset.id} className={css.preset} data-active={active}>
              <button
                type="button"
                data-look="link"
                aria-pressed={active}
                onClick={() => applyPreset(preset.id)}
              >
                {preset.name}
              </button>
              <p>{preset.note}</p>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
