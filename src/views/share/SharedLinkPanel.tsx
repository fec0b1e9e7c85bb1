import { useEffect, useState } from "react";
import { t } from "../../language/words.ts";
import { fileText } from "../../share/file.ts";
import { resultIn } from "../../share/link.ts";
import { markdownOf } from "../../share/markdown.ts";
import { isOwn, type SharedResult } from "../../share/result.ts";
import { linkOf, longestPlain, type SharedLink, type Ticks } from "../../share/resultOf.ts";
import { documentOf } from "../../share/resultText.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { saveFile } from "../kit/saveFile.ts";
import { Contents } from "./Contents.tsx";
import { resultLines } from "./contents.ts";
import { LinkBox } from "./LinkBox.tsx";
import css from "./ShareDialog.module.css";
import { TickBoxes } from "./TickBoxes.tsx";

/** A result's link: how long it is, all that it holds, and the same as a file. */
export function SharedLinkPanel({
  result,
  ticks,
  onTick,
  masks = true,
}: {
  readonly result: SharedResult;
  readonly ticks: Ticks;
  readonly onTick: (ticks: Ticks) => void;
  /** Names and categories may be ticked; a race has none to tell. */
  readonly masks?: boolean;
}) {
  const [link, setLink] = useState<SharedLink>();
  const [bare, setBare] = useState(false);
  const { replay } = ticks;
  useEffect(() => {
    let wanted = true;
    void linkOf(result, replay).then((made) => wanted && setLink(made));
    return () => {
      wanted = false;
    };
  }, [result, replay]);
  if (link === undefined) return <p className={css.quiet}>{t`Making the link…`}</p>;
  const address = `${location.origin}${location.pathname}${bare ? "?embed=1" : ""}#${link.hash}`;
  const own = isOwn(result);
  const tooLong = address.length > longestPlain;
  const save = (): void =>
    saveFile(
      new Blob([fileText(resultIn(link.hash)!)], { type: "application/json" }),
      `${own ? "result" : link.result.runs[0]!.setup.dataset}-${link.result.runs[0]!.setup.model}.likeness.json`,
    );
  const file = (
    <p className={css.also}>
      <button
        type="button"
        onClick={save}
        {...(tooLong && { "data-look": "primary" })}
      >{t`Save as a file`}</button>
      <span className={css.quiet}>{t`The same as a file that is dropped on Likeness.`}</span>
    </p>
  );
  return (
    <>
      {tooLong && file}
      <LinkBox link={address} primary={!tooLong} />
      <TickBoxes own={own && masks} ticks={ticks} onTick={onTick} withReplay />
      <label className={css.tick}>
        <input type="checkbox" checked={bare} onChange={(event) => setBare(event.target.checked)} />
        <span>
          {t`Bare stage `}
          <small>{t`for slides and articles: the picture and its slider, nothing around it`}</small>
        </span>
      </label>
      <Contents
        lines={resultLines(link.result, ticks.categories)}
        whole={JSON.stringify(documentOf(link.result), null, 1)}
      />
      {!tooLong && file}
      <p className={css.also}>
        <CopyButton
          look="link"
          text={markdownOf(link.result)}
        >{t`Copy the figures as a Markdown table`}</CopyButton>
      </p>
    </>
  );
}
