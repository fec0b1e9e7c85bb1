import { t } from "../../language/words.ts";
import { Icon } from "../kit/Icon.tsx";
import { Tip } from "../kit/Tip.tsx";
import css from "./TopBar.module.css";

/** The promise, and how to check it. */
export function PrivacyNote() {
  return (
    <Tip
      align="end"
      label={t`On this device`}
      words={t`Tables are read, learned from and written by this tab alone; the page's security policy refuses every other address. Nothing is kept unless you tick it under Runs. To check, switch the network off: everything goes on.`}
    >
      <span className={css.badge}>
        <Icon name="lock" />
        <span className={css.wordy}>{t`on this device`}</span>
      </span>
    </Tip>
  );
}
