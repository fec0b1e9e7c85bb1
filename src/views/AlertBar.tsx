import type { ReactNode } from "react";
import { t } from "../language/words.ts";
import { useActions, useLab } from "./context.ts";
import { Icon } from "./kit/Icon.tsx";
import css from "./Lab.module.css";

/** What went wrong and what to do about it; stays until it is put away. */
export function AlertBar({ children }: { readonly children?: ReactNode }) {
  const alert = useLab((state) => state.alert);
  const { dismiss } = useActions();
  const stuck = useLab((state) => state.phase === "error" && state.backend === undefined);
  const free = stuck ? addressWithoutBackend() : undefined;
  return (
    <div className={css.alerts}>
      {children}
      {alert && (
        <div role="alert" className={css.alert}>
          <div>
            <p>{alert.message}</p>
            {free !== undefined && (
              <p>
                <a href={free}>{t`Use what this machine has`}</a>
              </p>
            )}
            {alert.detail !== "" && (
              <details>
                <summary>{t`Details`}</summary>
                <pre>{alert.detail}</pre>
              </details>
            )}
          </div>
          <button
            type="button"
            data-look="quiet"
            aria-label={t`Dismiss this message`}
            onClick={() => dismiss()}
          >
            <Icon name="close" />
          </button>
        </div>
      )}
    </div>
  );
}

/** This page's address without the demand for a backend; undefined where there is none. */
function addressWithoutBackend(): string | undefined {
  const address = new URL(location.href);
  if (!address.searchParams.has("backend")) return undefined;
  address.searchParams.delete("backend");
  return address.href;
}
