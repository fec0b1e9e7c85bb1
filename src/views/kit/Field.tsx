import { useId, type ReactNode } from "react";
import css from "./Field.module.css";

/** A label, its control and, below, its help. */
export function Field({
  label,
  help,
  note,
  quiet = false,
  children,
}: {
  readonly label: string;
  readonly help?: ReactNode;
  /** Stands at the end of the label's line: "live", "needs a new run", a reset button. */
  readonly note?: ReactNode;
  /** For a label that a heading just above already shows: read, not seen. */
  readonly quiet?: boolean;
  readonly children: (ids: {
    readonly id: string;
    readonly "aria-describedby": string | undefined;
  }) => ReactNode;
}) {
  const id = useId();
  const helpId = help === undefined ? undefined : `${id}help`;
  return (
    <div className={css.field}>
      <div className={quiet ? "visuallyHidden" : css.line}>
        <label htmlFor={id}>{label}</label>
        {note !== undefined && <span className={css.note}>{note}</span>}
      </div>
      {children({ id, "aria-describedby": helpId })}
      {help !== undefined && (
        <p className={css.help} id={helpId}>
          {help}
        </p>
      )}
    </div>
  );
}
