import * as Radix from "radix-ui/slider";
import css from "./Slider.module.css";

/** A thumb or two on a line, for mouse, finger and keys. */
export function Slider({
  thumbs,
  most,
  step = 1,
  mark,
  star,
  ticks = [],
  onChange,
}: {
  /** In order; `words` are what a screen reader says for the place. */
  readonly thumbs: readonly { readonly label: string; readonly at: number; readonly words: string }[];
  /** Places go from 0 to this. */
  readonly most: number;
  readonly step?: number;
  /** A place that is marked on the line. */
  readonly mark?: number | undefined;
  /** The best place there is. */
  readonly star?: number | undefined;
  /** Places with something of their own. */
  readonly ticks?: readonly number[];
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
      <span className={css.marks} aria-hidden="true">
        {ticks.map((at) => (
          <span key={at} className={css.tick} style={{ left: `${(100 * at) / most}%` }} />
        ))}
        {mark !== undefined && <span className={css.mark} style={{ left: `${(100 * mark) / most}%` }} />}
        {star !== undefined && (
          <svg className={css.star} viewBox="0 0 16 16" style={{ left: `${(100 * star) / most}%` }}>
            <path d="M8 1l2 5h5l-4 3.2 1.5 5.3L8 11.4l-4.500 3.1L5 9.200 1 6h5z" />
          </svg>
        )}
      </span>
      {thumbs.map(({ label, words }) => (
        <Radix.Thumb key={label} className={css.thumb} aria-label={label} aria-valuetext={words} />
      ))}
    </Radix.Root>
  );
}
