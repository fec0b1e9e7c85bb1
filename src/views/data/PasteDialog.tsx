import { useState } from "react";
import { t } from "../../language/words.ts";
import { useActions } from "../context.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Field } from "../kit/Field.tsx";
import css from "./DataPanel.module.css";

export function PasteDialog({ onClose }: { readonly onClose: () => void }) {
  const { openText } = useActions();
  const [text, setText] = useState("");
  return (
    <Dialog title={t`Paste a table`} onClose={onClose}>
      <Field
        label={t`Rows with a header, copied from a file or a spreadsheet`}
        help={t`Commas, semicolons, tabs or bars between cells: the page finds out. Ctrl+V on the page itself does the same.`}
      >
        {(ids) => (
          <textarea
            {...ids}
            className={css.area}
            spellCheck={false}
            autoFocus
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className={css.foot}>
        <button
          type="button"
          data-look="primary"
          disabled={text.trim() === ""}
          onClick={() => {
            openText(text, t`Pasted table`);
            onClose();
          }}
        >{t`Use this table`}</button>
      </div>
    </Dialog>
  );
}
