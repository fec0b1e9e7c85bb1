import { t } from "../../language/words.ts";
import { citationOf } from "../../share/citation.ts";
import { originOf } from "../../store/origins.ts";
import type { LabState } from "../../store/state.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { version } from "../kit/version.ts";
import { Contents } from "./Contents.tsx";
import { setupLines } from "./contents.ts";
import { LinkBox } from "./LinkBox.tsx";
import css from "./ShareDialog.module.css";

/** What to do to come to the same run. */
export function SetupPanel({
  state,
  link,
  copied,
}: {
  readonly state: LabState;
  readonly link: string;
  readonly copied: boolean;
}) {
  const { setup, training } = state;
  return (
    <>
      <p>
        {t`The controls and the seed. Whoever opens it sees them set and trains for themselves; nothing starts by itself.${
          originOf(state) !== undefined &&
          t` The weights that the run starts from can't be part of it; it says so.`
        }`}
        {copied && <strong>{t` It has been copied.`}</strong>}
      </p>
      <LinkBox link={link} />
      <Contents lines={setupLines(setup)} />
      <p className={css.also}>
        <CopyButton
          look="link"
          text={citationOf(
            training.startedFrom ?? setup,
            version,
            training.step > 0 ? training.step : undefined,
          )}
        >{t`Copy the settings as a citation`}</CopyButton>
      </p>
    </>
  );
}
