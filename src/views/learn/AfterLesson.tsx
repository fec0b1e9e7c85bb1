import { t } from "../../language/words.ts";
import { standsAs } from "../../store/course.ts";
import { useActions, useLab } from "../context.ts";
import { Icon } from "../kit/Icon.tsx";
import css from "./Learn.module.css";

/** What a closed lesson leaves behind, and the way back from it. */
export function AfterLesson() {
  const left = useLab(({ course }) => course.left);
  const before = useLab(({ course }) => course.before);
  const now = useLab((state) => state.setup);
  const { setBack } = useActions();
  if (left === undefined || !standsAs(left, now)) return null;
  return (
    <section className={css.after} aria-label={t`After the lesson`}>
      <p className={css.quiet}>
        {t`The lesson’s data, model and length of run stay. `}
        <button type="button" data-look="link" onClick={() => setBack(true)}>
          {before === undefined ? t`Set the lab as it opens` : t`Set the lab as it was before`}
        </button>
      </p>
      <button
        type="button"
        data-look="quiet"
        aria-label={t`Keep the lab as it is`}
        onClick={() => setBack(false)}
      >
        <Icon name="close" />
      </button>
    </section>
  );
}
