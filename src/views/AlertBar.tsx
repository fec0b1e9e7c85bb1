import { useActions, useLab } from "./context.ts";
import { Icon } from "./kit/Icon.tsx";
import css from "./Lab.module.css";

/** What went wrong and what to do about it; stays until it is put away. */
export function AlertBar() {
  const alert = useLab((state) => state.alert);
  const { dismiss } = useActions();
  return (
    <div className={css.alerts}>
      {alert && (
        <div role="alert" className={css.alert}>
          <div>
            <p>
              {alert.message} {alert.way && <a href={alert.way.href}>{alert.way.text}</a>}
            </p>
            {alert.detail !== "" && (
              <details>
                <summary>Details</summary>
                <pre>{alert.detail}</pre>
              </details>
            )}
          </div>
          <button type="button" data-look="quiet" aria-label="Dismiss this message" onClick={() => dismiss()}>
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}
