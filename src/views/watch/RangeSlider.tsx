import { t } from "../../language/words.ts";
import type { ColumnSummary } from "../../protocol/analysis.ts";
import { Slider } from "../kit/Slider.tsx";
import type { ConditionDraft } from "./conditionDraft.ts";
import css from "./Conditions.module.css";
import { slotsOf } from "./slots.ts";

const height = 24;

/** From where to where, over the shape of the column. A thumb at its end of the line means no end. */
export function RangeSlider({
  column,
  draft: { from, to },
  onChange,
}: {
  readonly column: ColumnSummary;
  readonly draft: ConditionDraft;
  readonly onChange: (to: Partial<ConditionDraft>) => void;
}) {
  const slots = slotsOf(column);
  if (slots === undefined || column.histogram.kind !== "numeric") return null;
  const { most, placeOf, textAt } = slots;
  const start = placeOf(from) ?? 0;
  const end = Math.max(start, placeOf(to) ?? most);
  const { counts } = column.histogram;
  const tallest = Math.max(1, ...counts);
  const inside = (bin: number): boolean =>
    (bin + 1) / counts.length > start / most && bin / counts.length <= end / most;
  return (
    <span className={css.slider}>
      <svg viewBox={`0 0 ${counts.length} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {counts.map((n, bin) => {
          const tall = n > 0 ? Math.max(1, (n / tallest) * height) : 0;
          return (
            <rect key={bin} x={bin} y={height - tall} width={1} height={tall} data-inside={inside(bin)} />
          );
        })}
      </svg>
      <Slider
        most={most}
        thumbs={[
          {
            label: t`${column.name} from, slider`,
            at: start,
            words: start === 0 ? t`no lower end` : textAt(start),
          },
          {
            label: t`${column.name} to, slider`,
            at: end,
            words: end === most ? t`no upper end` : textAt(end),
          },
        ]}
        onChange={([low = 0, high = most]) =>
          onChange({
            // Only what moved is written anew: the other end stays as it was typed.
            ...(low !== start && { from: low === 0 ? "" : textAt(low) }),
            ...(high !== end && { to: high === most ? "" : textAt(high) }),
          })
        }
      />
    </span>
  );
}
