import { Suspense, useState } from "react";
import { useActions } from "../context.ts";
import css from "./DataPanel.module.css";
import { later } from "../kit/later.ts";

const DrawDialog = later(async () => (await import("./DrawDialog.tsx")).DrawDialog);
const PasteDialog = later(async () => (await import("./PasteDialog.tsx")).PasteDialog);

/** The ways in for a person's own data; the fourth is dropping a file anywhere. */
export function OpenButtons() {
  const { openFiles } = useActions();
  const [dialog, setDialog] = useState<"paste" | "draw">();
  const close = (): void => setDialog(undefined);
  return (
    <>
      <div className={css.buttons}>
        <label data-button="">
          Open a CSV
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
        <button type="button" onClick={() => setDialog("paste")}>
          Paste
        </button>
        <button type="button" onClick={() => setDialog("draw")}>
          Draw
        </button>
      </div>
      <p className={css.hint}>Or drop a file anywhere on the page.</p>
      <Suspense>
        {dialog === "paste" && <PasteDialog onClose={close} />}
        {dialog === "draw" && <DrawDialog onClose={close} />}
      </Suspense>
    </>
  );
}
