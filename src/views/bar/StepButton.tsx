import { useRef } from "react";
import { modelCard } from "../../catalog/models.ts";
import { t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import { Icon } from "../kit/Icon.tsx";
import css from "./TopBar.module.css";

/** One step; where networks play against one another also one step of either alone. */
export function StepButton({ disabled }: { readonly disabled: boolean }) {
  const players = useLab((state) => modelCard(state.setup.model).players);
  const actions = useActions();
  const more = useRef<HTMLDetailsElement>(null);
  const close = (): void => {
    if (more.current) more.current.open = false;
  };
  return (
    <div
      className={css.split}
      onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && close()}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !more.current?.open) return;
        close();
        more.current.querySelector("summary")?.focus();
      }}
    >
      <button type="button" disabled={disabled} onClick={() => actions.step()}>{t`Step`}</button>
      {players !== undefined && !disabled && (
        <details ref={more} className={css.more}>
          <summary aria-label={t`Step one network only`}>
            <Icon name="down" />
          </summary>
          <div className={css.menu}>
            {players.map((objective) => (
              <button
                key={objective}
                type="button"
                onClick={() => actions.step(objective)}
              >{t`Step ${t(objective)}`}</button>
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
