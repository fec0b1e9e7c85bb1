import { useState } from "react";
import { later } from "../kit/later.tsx";

const LearnDialog = later(async () => (await import("../learn/LearnDialog.tsx")).LearnDialog);

/** Opens the list of lessons. */
export function LearnButton() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button" data-look="quiet" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        Learn
      </button>
      {open && <LearnDialog onClose={() => setOpen(false)} />}
    </>
  );
}
