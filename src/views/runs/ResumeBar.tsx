import { count, t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import css from "./ResumeBar.module.css";

/** A run that was cut off, to be gone on with or not. */
export function ResumeBar() {
  const run = useLab(({ runs }) => runs.unfinished);
  const { runs } = useActions();
  if (run === undefined) return null;
  const { model, table, step, needsFile } = run;
  return (
    <section className={css.bar} aria-label={t`Unfinished run`}>
      <p>{t`${model} on ${table} was cut off; it is kept on this device as it was at step ${count(step)}.`}</p>
      <div className={css.ways}>
        {needsFile ? (
          <label data-button="">
            {t`Open ${table} again to go on`}
            <input
              type="file"
              className="visuallyHidden"
              multiple
              onChange={({ target }) => {
                const files = [...(target.files ?? [])];
                target.value = "";
                if (files.length > 0) runs.resume(files);
              }}
            />
          </label>
        ) : (
          <button type="button" data-look="primary" onClick={() => runs.resume()}>{t`Resume`}</button>
        )}
        <button type="button" onClick={() => runs.discard()}>{t`Discard`}</button>
      </div>
    </section>
  );
}
