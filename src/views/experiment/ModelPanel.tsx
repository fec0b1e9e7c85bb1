import type { ModelId } from "../../catalog/card.ts";
import { modelCards, paperOf } from "../../catalog/models.ts";
import { counts } from "../../catalog/setting.ts";
import { t } from "../../language/words.ts";
import { settingsOf } from "../../store/setup.ts";
import { useActions, useLab } from "../context.ts";
import { Field } from "../kit/Field.tsx";
import { FixedPart } from "../task/FixedPart.tsx";
import { RaceButton } from "../race/RaceButton.tsx";
import { RunsButton } from "../runs/RunsButton.tsx";
import css from "./Experiment.module.css";
import { SettingControl } from "./SettingControl.tsx";

/** The model, its paper, its three main settings and the rest. */
export function ModelPanel() {
  const setup = useLab((state) => state.setup);
  const { model, settings } = setup;
  const { setModel, resetSettings } = useActions();
  const card = modelCards.find(({ id }) => id === model);
  const shown = card?.settings.filter((setting) => counts(setting, settingsOf(setup), setup.kind)) ?? [];
  const paper = card && paperOf(card, settingsOf(setup));
  const main = shown.filter((setting) => setting.main);
  const rest = shown.filter((setting) => !setting.main);
  const augmentation = rest.filter(({ group }) => group === "augmentation");
  const changed = Object.keys(settings).length > 0;

  return (
    <section className={css.section}>
      <h2>{t`Model`}</h2>
      <FixedPart part="model">
        <Field
          label={t`Model`}
          quiet
          help={
            card && (
              <>
                {card.summary}{" "}
                <a href={paper!.url} target="_blank" rel="noreferrer">
                  {paper!.authors}, {paper!.year}
                </a>
              </>
            )
          }
        >
          {(ids) => (
            <select {...ids} value={model} onChange={(event) => setModel(event.target.value as ModelId)}>
              {[false, true].map((instant) => (
                <optgroup
                  key={String(instant)}
                  label={instant ? t`Baselines, fitted at once` : t`Learned step by step`}
                >
                  {modelCards
                    .filter((candidate) => candidate.instant === instant)
                    .map((candidate) => (
                      <option key={candidate.id} value={candidate.id}>
                        {candidate.name}
                      </option>
                    ))}
                </optgroup>
              ))}
            </select>
          )}
        </Field>
      </FixedPart>
      <FixedPart part="settings">
        {main.map((setting) => (
          <SettingControl key={`${model}-${setting.key}`} setting={setting} />
        ))}
        {rest.length > 0 && (
          <details>
            <summary>{t`Advanced: ${rest.length} more settings`}</summary>
            <div className={css.advanced}>
              {rest
                .filter(({ group }) => group === undefined)
                .map((setting) => (
                  <SettingControl key={`${model}-${setting.key}`} setting={setting} />
                ))}
              {augmentation.length > 0 && <h3>{t`Augmentation`}</h3>}
              {augmentation.map((setting) => (
                <SettingControl key={`${model}-${setting.key}`} setting={setting} />
              ))}
            </div>
          </details>
        )}
        {changed && (
          <div>
            <button
              type="button"
              data-look="link"
              className={css.reset}
              onClick={() => resetSettings()}
            >{t`All settings back to their defaults`}</button>
          </div>
        )}
      </FixedPart>
      <div className={css.ways}>
        <RaceButton />
        <RunsButton />
      </div>
    </section>
  );
}
