import { useEffect, useState, type ComponentProps } from "react";

/** A text input that speaks when it is finished: on Enter and on leaving. */
export function TextBox({
  value,
  onCommit,
  ...native
}: Omit<ComponentProps<"input">, "value" | "onChange" | "type"> & {
  readonly value: string;
  readonly onCommit: (value: string) => void;
}) {
  const [draft, setDraft] = useState<string>();
  useEffect(() => setDraft(undefined), [value]);
  const commit = (): void => {
    setDraft(undefined);
    if (draft !== undefined && draft !== value) onCommit(draft);
  };
  return (
    <input
      {...native}
      type="text"
      spellCheck={false}
      value={draft ?? value}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === "Enter") commit();
        if (event.key === "Escape") setDraft(undefined);
      }}
    />
  );
}
