import { t } from "../../language/words.ts";
import type { Line } from "./contents.ts";
import css from "./ShareDialog.module.css";

/** What is in it, line by line, and the whole of it as text for who wants to be sure. */
export function Contents({
  lines,
  whole,
}: {
  readonly lines: readonly Line[];
  readonly whole?: string | undefined;
}) {
  return (
    <>
      <dl className={css.lines} aria-label={t`What it holds`}>
        {lines.map(({ what, words }) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{words}</dd>
          </div>
        ))}
      </dl>
      {whole !== undefined && (
        <details>
          <summary>{t`All of it as text`}</summary>
          <pre className={css.whole} tabIndex={0} aria-label={t`All of it as text`}>
            {whole}
          </pre>
        </details>
      )}
    </>
  );
}
