import { useRef } from "react";
import { modelCard } from "../../catalog/models.ts";
import { useActions, useLab } from "../context.ts";
import { Icon } from "../kit/Icon.tsx";
import css from "./TopBar.module.css";

/** One step; where several networks are trained, as in a GAN, also one step of either alone. */
export function StepButton({ disabled }: { readonly disabled: boolean }) {
  const objectives = useLab(
    (state) => modelCard((state.training.startedFrom ?? state.setup).model).objectives,
  );
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
      <button type="button" disabled={disabled} onClick={() => actions.step()}>
        Step
      </button>
      {objectives !== undefined && !disabled && (
        <details ref={more} className={css.more}>
          <summary aria-label="Step one network only">
            <Icon name="down" />
          </summary>
          <div className={css.menu}>
            {objectives.map((objective) => (
              <button key={objective} type="button" onClick={() => actions.step(objective)}>
                Step {objective}
              </button>
            ))}
          </div>
        </details>
      )}
    </div>
  );
}
