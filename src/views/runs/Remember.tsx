import { useId } from "react";
import { t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import css from "./RunsDialog.module.css";

/** Whether anything is kept on this device, what that is, and how it goes again. */
export function Remember() {
  const remembered = useLab(({ runs }) => runs.remembered);
  const many = useLab(({ runs }) => runs.records.length);
  const { runs } = useActions();
  const words = useId();
  return (
    <div className={css.remember}>
      <div className={css.tools}>
        <label className={css.tick}>
          <input
            type="checkbox"
            checked={remembered}
            aria-describedby={words}
            onChange={({ target }) => runs.setRemembered(target.checked)}
          />
          {t`Remember on this device`}
        </label>
        {(remembered || many > 0) && (
          <button type="button" onClick={() => runs.forget()}>{t`Forget everything`}</button>
        )}
      </div>
      <p id={words} className={css.quiet}>
        {remembered
          ? t`Kept in this browser, and nowhere else: these runs with their column names, and of the run under way its newest weights and its table, so that it can go on after a reload. Of a file of your own that means its rows, up to 50 MB; of a larger one you are asked for the file again.`
          : t`Nothing is kept now: closing this page forgets all runs. Ticked, this browser keeps these runs with their column names, and of the run under way its newest weights and its table; of a file of your own that means its rows, up to 50 MB.`}
      </p>
    </div>
  );
}
