import type { ReactNode } from "react";
import css from "./InsideView.module.css";

/** A picture under its title, with what to look for in it. */
export function Figure({
  title,
  words,
  children,
}: {
  readonly title: string;
  readonly words: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <figure className={css.figure}>
      <figcaption>
        <b>{title}</b> {words}
      </figcaption>
      {children}
    </figure>
  );
}
