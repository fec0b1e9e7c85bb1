import { Fragment } from "react";
import { parseWords } from "../../lessons/words.ts";
import { RoleMark } from "../kit/Icon.tsx";
import css from "./Learn.module.css";

/** A lesson's words, those of a role with its mark and in its colour. */
export function Words({ text }: { readonly text: string }) {
  return parseWords(text).map(({ role, text: words }, i) =>
    role === undefined ? (
      <Fragment key={i}>{words}</Fragment>
    ) : (
      <span key={i} className={css.role} data-role={role}>
        <RoleMark role={role} /> {words}
      </span>
    ),
  );
}
