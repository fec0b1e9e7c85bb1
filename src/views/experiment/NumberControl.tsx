import type { CSSProperties } from "react";
import type { NumberSetting } from "../../catalog/setting.ts";
import { t } from "../../language/words.ts";
import { NumberBox } from "../kit/NumberBox.tsx";
import css from "./Experiment.module.css";
import { fromSlot, slots, toSlot } from "./slider.ts";

export interface ControlIds {
  readonly id: string;
  readonly "aria-describedby": string | undefined;
}

/** A slider to try, a box to be exact. The label belongs to the box. */
export function NumberControl({
  ids,
  setting,
  value,
  onChange,
}: {
  readonly ids: ControlIds;
  readonly setting: NumberSetting;
  readonly value: number;
  readonly onChange: (value: number) => void;
}) {
  const slot = toSlot(setting, value);
  return (
    <div className={css.pair}>
      <input
        type="range"
        aria-label={t`${setting.label}, slider`}
        aria-valuetext={String(value)}
        min={0}
        max={slots}
        step={setting.whole && setting.max - setting.min < 100 ? slots / (setting.max - setting.min) : 5}
        value={slot}
        style={{ "--filled": `${(100 * slot) / slots}%` } as CSSProperties}
        onChange={(event) => onChange(fromSlot(setting, Number(event.target.value)))}
      />
      <NumberBox
        {...ids}
        value={value}
        min={setting.min}
        max={setting.max}
        whole={setting.whole ?? false}
        onCommit={onChange}
      />
    </div>
  );
}
