import css from "./CurveKey.module.css";
import { short } from "./format.ts";

/** Which stroke is which curve, with the last value of each that is a number. */
export function CurveKey({
  curves,
}: {
  readonly curves: readonly {
    readonly name: string;
    readonly values: readonly number[];
    readonly colour: string;
    readonly stroke: "solid" | "dashed" | "dotted";
  }[];
}) {
  return (
    <ul className={css.curves}>
      {curves.map(({ name, values, colour, stroke }, i) => (
        <li key={i}>
          <i style={{ borderColor: colour, borderTopStyle: stroke }} aria-hidden="true" />
          {name} <b>{short(values.findLast(Number.isFinite) ?? NaN)}</b>
        </li>
      ))}
    </ul>
  );
}
