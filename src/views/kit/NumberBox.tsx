import { useEffect, useId, useState, type ComponentProps } from "react";
import { locale, t } from "../../language/words.ts";
import css from "./NumberBox.module.css";
import { nearestNumber } from "./nearestNumber.ts";

type Native = Omit<ComponentProps<"input">, "value" | "onChange" | "min" | "max" | "type">;

/**
 * A number input that speaks only finished, valid numbers: on Enter and on
 * leaving. What is half typed stays the typist's own business; what can't be
 * taken becomes the nearest number that can, and the box says which it takes.
 */
export function NumberBox({
  value,
  min,
  max,
  whole = false,
  onCommit,
  ...native
}: Native & {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
  readonly onCommit: (value: number) => void;
}) {
  const [draft, setDraft] = useState<string>();
  /** What was typed last could not be taken as it was; said until the next key. */
  const [mended, setMended] = useState(false);
  const rangeId = useId();
  useEffect(() => setDraft(undefined), [value]);

  const limits = { min, max, whole };
  const fits = draft === undefined || draft === "" || nearestNumber(draft, limits) === Number(draft);
  const commit = (): void => {
    if (draft === undefined) return;
    setDraft(undefined);
    setMended(!fits);
    const taken = nearestNumber(draft, limits) ?? value;
    if (taken !== value) onCommit(taken);
  };
  const range = t`${whole ? t`Whole numbers,` : t`From`} ${min.toLocaleString(locale)} to ${max.toLocaleString(locale)}`;
  const { "aria-describedby": described } = native;
  return (
    <>
      <input
        {...native}
        type="number"
        inputMode={whole ? "numeric" : "decimal"}
        min={min}
        max={max}
        step={whole ? 1 : "any"}
        value={draft ?? String(value)}
        aria-invalid={!fits}
        aria-describedby={fits && !mended ? described : [described, rangeId].filter(Boolean).join(" ")}
        title={range}
        onChange={(event) => {
          setDraft(event.target.value);
          setMended(false);
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") commit();
          if (event.key === "Escape") setDraft(undefined);
        }}
      />
      {(!fits || mended) && (
        <small className={css.range} id={rangeId} data-wrong={!fits}>
          {range}
        </small>
      )}
    </>
  );
}
