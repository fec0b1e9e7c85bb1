import { useState } from "react";
import { useLab } from "../context.ts";
import { later } from "../kit/later.tsx";

const RaceDialog = later(async () => (await import("./RaceDialog.tsx")).RaceDialog);

/** Opens the race; a race goes on while its dialog is closed. */
export function RaceButton() {
  const [open, setOpen] = useState(false);
  const prepared = useLab((state) => state.data.prepared !== undefined);
  return (
    <div>
      <button type="button" aria-haspopup="dialog" disabled={!prepared} onClick={() => setOpen(true)}>
        Race models
      </button>
      {open && <RaceDialog onClose={() => setOpen(false)} />}
    </div>
  );
}
