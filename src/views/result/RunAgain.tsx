import { useEffect, useState } from "react";
import { t } from "../../language/words.ts";
import type { SharedResult } from "../../share/result.ts";
import { isOwn } from "../../share/result.ts";
import css from "./ResultPage.module.css";

export interface RunAgainProps {
  readonly result: SharedResult;
  /** Opens the lab with the run's setup and trains. */
  readonly onRun: () => void;
  /** Opens these files; a table's columns are compared with those that the result was made with. */
  readonly onFiles: (files: readonly File[]) => void;
}

/** The way from looking on to doing: on built-in data by a press, on a person's own by bringing the table. */
export function RunAgain({ result, onRun, onFiles }: RunAgainProps) {
  const own = isOwn(result);
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hold = (event: DragEvent): void => {
      if (!(event.dataTransfer?.types.includes("Files") ?? false)) return;
      event.preventDefault();
      setOver(event.type === "dragover");
      if (event.type !== "drop") return;
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) onFiles(files);
    };
    const leave = (event: DragEvent): void => {
      if (event.relatedTarget === null) setOver(false);
    };
    addEventListener("dragover", hold);
    addEventListener("drop", hold);
    addEventListener("dragleave", leave);
    return () => {
      removeEventListener("dragover", hold);
      removeEventListener("drop", hold);
      removeEventListener("dragleave", leave);
    };
  }, [onFiles]);
  return (
    <>
      {own ? (
        <label data-button="" className={css.again}>
          {t`Drop the same CSV to run it`}
          <input
            type="file"
            className="visuallyHidden"
            multiple
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = "";
              if (files.length > 0) onFiles(files);
            }}
          />
        </label>
      ) : (
        <button type="button" data-look="primary" onClick={onRun}>{t`Run it yourself`}</button>
      )}
      {over && (
        <div className={css.overlay} aria-hidden="true">
          <strong>{t`Drop to open`}</strong>
          <span>{t`The file is read on this device and goes nowhere else.`}</span>
        </div>
      )}
    </>
  );
}
