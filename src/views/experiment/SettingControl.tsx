import { defaultsFor } from "../../catalog/models.ts";
import type { Setting, SettingValue } from "../../catalog/setting.ts";
import { t } from "../../language/words.ts";
import { settingsOf } from "../../store/setup.ts";
import { useActions, useLab } from "../context.ts";
import { Field } from "../kit/Field.tsx";
import { Icon } from "../kit/Icon.tsx";
import { same } from "./changed.ts";
import css from "./Experiment.module.css";
import { NumberControl } from "./NumberControl.tsx";
import { SizesControl } from "./SizesControl.tsx";

/** One setting, drawn from its data. Says whether it acts at once, and offers the way back to its default. */
export function SettingControl({ setting }: { readonly setting: Setting }) {
  const { key } = setting;
  const setup = useLab((state) => state.setup);
  const startedFrom = useLab((state) => state.training.startedFrom);
  const { setSetting } = useActions();
  const value = settingsOf(setup)[key] ?? setting.default;
  const usual = defaultsFor(setup.model, setup.kind)[key] ?? setting.default;
  const set = (next: SettingValue): void => setSetting(key, next);

  const started = startedFrom?.model === setup.model ? settingsOf(startedFrom)[key] : value;
  const waits = setting.live !== true && !same(started, value);
  const note = (
    <>
      {waits && <span className={css.restart}>{t`needs a new run`}</span>}
      {setting.live && <span title={t`A running model takes this change at once`}>{t`live`}</span>}
      {!same(value, usual) && (
        <button
          type="button"
          data-look="link"
          aria-label={t`${setting.label} back to default`}
          title={t`Back to ${String(usual)}`}
          onClick={() => set(usual)}
        >
          <Icon name="undo" />
        </button>
      )}
    </>
  );

  return (
    <Field label={setting.label} help={setting.help} note={note}>
      {(ids) => {
        switch (setting.kind) {
          case "number":
            return <NumberControl ids={ids} setting={setting} value={value as number} onChange={set} />;
          case "choice":
            return (
              <select {...ids} value={value as string} onChange={(event) => set(event.target.value)}>
                {setting.options.map((option) => (
                  <option key={option.value} value={option.value}>
                    {option.label}
                  </option>
                ))}
              </select>
            );
          case "sizes":
            return (
              <SizesControl ids={ids} setting={setting} value={value as readonly number[]} onChange={set} />
            );
          case "switch":
            return (
              <span className={css.switch}>
                <input
                  {...ids}
                  type="checkbox"
                  role="switch"
                  checked={value as boolean}
                  onChange={(event) => set(event.target.checked)}
                />
                <span aria-hidden="true">{value === true ? t`on` : t`off`}</span>
              </span>
            );
          default:
            setting satisfies never;
            return null;
        }
      }}
    </Field>
  );
}
