import * as Radix from "radix-ui/slider";
import css from "./Slider.module.css";

/** A thumb or two on a line, for mouse, finger and keys. */
export function Slider({
  thumbs,
  most,
  step = 1,
  mark,
  onChange,
}: {
  /** In order; `words` are what a screen reader says for the place. */
  readonly thumbs: readonly { readonly label: string; readonly at: number; readonly words: string }[];
  /** Places go from 0 to this. */
  readonly most: number;
  readonly step?: number;
  /** A place that is marked on the line. */
  readonly mark?: number | undefined;
  readonly onChange: (places: readonly number[]) => void;
}) {
  return (
    <Radix.Root
      className={css.slider}
      min={0}
      max={most}
      step={step}
      value={thumbs.map(({ at }) => at)}
      onValueChange={onChange}
    >
      <Radix.Track className={css.track}>
        <Radix.Range className={css.range} />
      </Radix.Track>
      {mark !== undefined && (
        <span className={css.marks} aria-hidden="true">
          <span className={css.mark} style={{ left: `${(100 * mark) / most}%` }} />
        </span>
      )}
      {thumbs.map(({ label, words }) => (
        <Radix.Thumb key={label} className={css.thumb} aria-label={label} aria-valuetext={words} />
      ))}
    </Radix.Root>
  );
}
