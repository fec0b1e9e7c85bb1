import { useState } from "react";
import { t } from "../../language/words.ts";
import { useActions } from "../context.ts";
import { later } from "../kit/later.tsx";
import css from "./DataPanel.module.css";

const PasteDialog = later(async () => (await import("./PasteDialog.tsx")).PasteDialog);
const DrawDialog = later(async () => (await import("./DrawDialog.tsx")).DrawDialog);

/** The ways in for a person's own data; the fourth is dropping a file anywhere. */
export function OpenButtons() {
  const { openFiles } = useActions();
  const [dialog, setDialog] = useState<"paste" | "draw">();
  const close = (): void => setDialog(undefined);
  return (
    <>
      <div className={css.buttons}>
        <label data-button="">
          {t`Open a CSV`}
          <input
            type="file"
            className="visuallyHidden"
            multiple
            accept=".csv,.tsv,.tab,.txt,.idx,.idx1-ubyte,.idx3-ubyte,text/csv,text/tab-separated-values,text/plain,application/octet-stream"
            onChange={(event) => {
              const files = [...(event.target.files ?? [])];
              event.target.value = ""; // the same file again is a new reading
              if (files.length > 0) openFiles(files);
            }}
          />
        </label>
        <button type="button" onClick={() => setDialog("paste")}>{t`Paste`}</button>
        <button type="button" onClick={() => setDialog("draw")}>{t`Draw`}</button>
      </div>
      <p className={css.hint}>{t`Or drop a file anywhere on the page.`}</p>
      {dialog === "paste" && <PasteDialog onClose={close} />}
      {dialog === "draw" && <DrawDialog onClose={close} />}
    </>
  );
}
