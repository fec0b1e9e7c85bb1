import { useEffect, useState } from "react";
import { t } from "../../language/words.ts";
import { AlertBar } from "../AlertBar.tsx";
import { useActions, useLabStore } from "../context.ts";
import { Magnify } from "../kit/magnify.ts";
import { Stage } from "../stage/Stage.tsx";
import { keys } from "./keys.ts";
import css from "./Presentation.module.css";

const sizes = [1, 1.5, 2, 2.5] as const;

/** The stage alone, in larger type and with larger dots; every action has a key, and the keys are listed. */
export function Presentation() {
  const store = useLabStore();
  const actions = useActions();
  const [size, setSize] = useState(1);
  const [listed, setListed] = useState(true);
  const [heard, setHeard] = useState(true);

  useEffect(() => {
    document.getElementById("stage")?.focus();
    return () => {
      if (document.fullscreenElement !== null) document.exitFullscreen().catch(() => undefined);
    };
  }, []);

  useEffect(() => {
    const type = (event: KeyboardEvent): void => {
      const { target, key, ctrlKey, altKey, metaKey } = event;
      if (ctrlKey || altKey || metaKey || (!heard && key !== "Escape")) return;
      // What has focus and a use for the key keeps it.
      const taken =
        target instanceof HTMLElement &&
        target.closest('input, select, textarea, [role="slider"], [role="tab"]');
      const name = key.toLowerCase();
      if (
        taken &&
        (name.startsWith("arrow") || name === " " || !taken.matches('[role="slider"], [role="tab"]'))
      )
        return;
      if (target instanceof HTMLButtonElement && (name === " " || name === "enter")) return;
      if (name === "escape") actions.present(false);
      else if (name === "+" || name === "=") setSize((at) => Math.min(sizes.length - 1, at + 1));
      else if (name === "-") setSize((at) => Math.max(0, at - 1));
      else if (name === "k") setListed((on) => !on);
      else {
        const found = keys.find((each) => each.key === name);
        if (found === undefined) return;
        found.press(actions, store.getState());
      }
      event.preventDefault();
    };
    // The browser's own way out of the full screen is one out of the presentation too.
    const left = (): void => {
      if (document.fullscreenElement === null) actions.present(false);
    };
    addEventListener("keydown", type);
    document.addEventListener("fullscreenchange", left);
    return () => {
      removeEventListener("keydown", type);
      document.removeEventListener("fullscreenchange", left);
    };
  }, [store, actions, heard]);

  return (
    <Magnify value={sizes[size]!}>
      <div className={css.present}>
        <header className="visuallyHidden">
          <h1>{t`Likeness`}</h1>
        </header>
        <AlertBar />
        <Stage />
        <footer className={css.foot}>
          {listed && heard && (
            <ul className={css.keys} aria-label={t`Keys`}>
              {keys.map(({ cap, words }) => (
                <li key={cap}>
                  <kbd>{cap}</kbd> {words}
                </li>
              ))}
              <li>
                <kbd>+</kbd> <kbd>−</kbd>
                {t` size`}
              </li>
              <li>
                <kbd>{t`K`}</kbd>
                {t` hide these`}
              </li>
            </ul>
          )}
          <button
            type="button"
            aria-pressed={heard}
            onClick={() => setHeard(!heard)}
          >{t`Keys ${heard ? t`on` : t`off`}`}</button>
          <button type="button" onClick={() => actions.present(false)}>
            {t`Leave `}
            <kbd>{t`Esc`}</kbd>
          </button>
        </footer>
      </div>
    </Magnify>
  );
}
