import { useState } from "react";
import { later } from "../kit/later.tsx";

const LearnDialog = later(async () => (await import("../learn/LearnDialog.tsx")).LearnDialog);
const ClassDialog = later(async () => (await import("../task/ClassDialog.tsx")).ClassDialog);

/** Opens the list of lessons. */
export function LearnButton() {
  const [open, setOpen] = useState<"learn" | "teach">();
  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={() => setOpen("learn")}>
        Learn
      </button>
      {open === "learn" && (
        <LearnDialog onClose={() => setOpen(undefined)} onTeach={() => setOpen("teach")} />
      )}
      {open === "teach" && <ClassDialog onClose={() => setOpen(undefined)} />}
    </>
  );
}
