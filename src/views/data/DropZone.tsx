import { useEffect, useState } from "react";
import { t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import css from "./DataPanel.module.css";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog") !== null;

/** The whole page takes files, by drop and by paste. */
export function DropZone() {
  const { openFiles, openText } = useActions();
  const [over, setOver] = useState(false);
  const fixed = useLab((state) => state.course.task?.fixed.data !== undefined);

  useEffect(() => {
    // Entering a child fires `enter` before the parent's `leave`: only the balance counts.
    let depth = 0;
    const carriesFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth += 1;
      setOver(true);
    };
    const leave = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setOver(false);
    };
    const hold = (event: DragEvent): void => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent): void => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth = 0;
      setOver(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0 && !fixed) openFiles(files);
    };
    const paste = (event: ClipboardEvent): void => {
      if (fixed || isTyping(event.target)) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (files.length > 0) openFiles(files);
      else if (text.trim() !== "") openText(text, t`Pasted table`);
      else return;
      event.preventDefault();
    };
    addEventListener("dragenter", enter);
    addEventListener("dragleave", leave);
    addEventListener("dragover", hold);
    addEventListener("drop", drop);
    addEventListener("paste", paste);
    return () => {
      removeEventListener("dragenter", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("dragover", hold);
      removeEventListener("drop", drop);
      removeEventListener("paste", paste);
    };
  }, [openFiles, openText, fixed]);

  return over ? (
    <div className={css.overlay} aria-hidden="true">
      <strong>{fixed ? t`This task has its own data` : t`Drop to open`}</strong>
      <span>
        {fixed
          ? t`Leave the task, beside the stage, to open a table of yours.`
          : t`The file is read on this device and goes nowhere else.`}
      </span>
    </div>
  ) : null;
}
