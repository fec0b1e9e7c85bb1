import { t } from "../../language/words.ts";
import css from "./TopBar.module.css";
import { BackendBadge } from "./BackendBadge.tsx";
import { LanguageButton } from "./LanguageButton.tsx";
import { LearnButton } from "./LearnButton.tsx";
import { Mark } from "./Mark.tsx";
import { PrivacyNote } from "./PrivacyNote.tsx";
import { Progress } from "./Progress.tsx";
import { ShareButton } from "./ShareButton.tsx";
import { ThemeButton } from "./ThemeButton.tsx";
import { PresentButton } from "../present/PresentButton.tsx";
import { Transport } from "./Transport.tsx";

/** Name, transport, what is running where, and taking the link away. */
export function TopBar() {
  return (
    <header className={css.bar}>
      <h1 className={css.name}>
        <Mark />
        {t`Likeness`}
      </h1>
      <div className={css.transport}>
        <Transport />
        <Progress />
      </div>
      <div className={css.facts}>
        <span className={css.learn}>
          <LearnButton />
        </span>
        <span className={css.language}>
          <LanguageButton />
        </span>
        <BackendBadge />
        <PrivacyNote />
        <ThemeButton />
        <span className={css.present}>
          <PresentButton />
        </span>
        <ShareButton />
      </div>
    </header>
  );
}
