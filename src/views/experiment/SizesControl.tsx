import type { SizesSetting } from "../../catalog/setting.ts";
import { t } from "../../language/words.ts";
import { NumberBox } from "../kit/NumberBox.tsx";
import css from "./Experiment.module.css";
import type { ControlIds } from "./NumberControl.tsx";

/** Hidden layers from the input side to the output side, each a box; plus and minus at the end. */
export function SizesControl({
  ids,
  setting,
  value,
  onChange,
}: {
  readonly ids: ControlIds;
  readonly setting: SizesSetting;
  readonly value: readonly number[];
  readonly onChange: (value: readonly number[]) => void;
}) {
  return (
    <div className={css.sizes}>
      {value.map((size, i) => (
        <NumberBox
          key={i}
          {...(i === 0 ? ids : { "aria-label": t`${setting.label}: layer ${i + 1}` })}
          whole
          min={1}
          max={setting.maxSize}
          value={size}
          onCommit={(next) => onChange(value.map((before, j) => (j === i ? next : before)))}
        />
      ))}
      {value.length > 1 && (
        <button
          type="button"
          aria-label={t`${setting.label}: one layer fewer`}
          onClick={() => onChange(value.slice(0, -1))}
        >
          −
        </button>
      )}
      {value.length < setting.maxLayers && (
        <button
          type="button"
          aria-label={t`${setting.label}: one layer more`}
          onClick={() => onChange([...value, value.at(-1) ?? 128])}
        >
          +
        </button>
      )}
    </div>
  );
}
