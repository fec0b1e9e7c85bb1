import { useState } from "react";
import { t } from "../../language/words.ts";
import { useLab } from "../context.ts";
import { later } from "../kit/later.tsx";

const RunsDialog = later(async () => (await import("./RunsDialog.tsx")).RunsDialog);

/** Opens the table of all runs that were made. */
export function RunsButton() {
  const [open, setOpen] = useState(false);
  const many = useLab(({ runs }) => runs.records.length);
  return (
    <div>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {many === 0 ? t`Runs` : t`Runs (${many})`}
      </button>
      {open && <RunsDialog onClose={() => setOpen(false)} />}
    </div>
  );
}
