import { useId, useState, type ReactNode } from "react";
import css from "./Tip.module.css";

/** Words behind a term: on hover, on focus and on tap; Escape puts them away. */
export function Tip({
  children,
  words,
  label,
  align = "start",
}: {
  readonly children: ReactNode;
  readonly words: ReactNode;
  /** Accessible name where the visible child is no text. */
  readonly label?: string;
  readonly align?: "start" | "end";
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  return (
    <span className={css.tip} onMouseEnter={() => setOpen(true)} onMouseLeave={() => setOpen(false)}>
      <button
        type="button"
        className={css.term}
        aria-describedby={id}
        aria-label={label}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={(event) => event.key === "Escape" && setOpen(false)}
      >
        {children}
      </button>
      <span role="tooltip" id={id} className={css.words} data-align={align} data-open={open}>
        {words}
      </span>
    </span>
  );
}
