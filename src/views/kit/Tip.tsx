import { useId, useRef, useState, type ReactNode } from "react";
import css from "./Tip.module.css";

/** Words behind a term: on hover, on focus and on tap; Escape puts them away. A link below them, if any, can be reached. */
export function Tip({
  children,
  words,
  label,
  link,
  align = "start",
}: {
  readonly children: ReactNode;
  readonly words: ReactNode;
  /** Accessible name where the visible child is no text. */
  readonly label?: string;
  /** Where there is more; opens beside the lab, so that nothing is lost. */
  readonly link?: { readonly href: string; readonly text: string };
  readonly align?: "start" | "end";
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const term = useRef<HTMLButtonElement>(null);
  return (
    <span
      className={css.tip}
      onMouseEnter={() => setOpen(true)}
      onMouseLeave={() => setOpen(false)}
      onFocus={() => setOpen(true)}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // Focus must not stay on a link that is no longer to be seen.
        if (document.activeElement?.tagName === "A") term.current?.focus();
        setOpen(false);
      }}
    >
      <button ref={term} type="button" className={css.term} aria-describedby={id} aria-label={label}>
        {children}
      </button>
      <span className={css.words} data-align={align} data-open={open}>
        <span role="tooltip" id={id}>
          {words}
        </span>
        {link && (
          // A press on it must not take the focus that keeps it open.
          <a href={link.href} target="_blank" rel="noopener" onMouseDown={(event) => event.preventDefault()}>
            {link.text}
          </a>
        )}
      </span>
    </span>
  );
}
