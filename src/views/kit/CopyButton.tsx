import { useEffect, useState, type ReactNode } from "react";
import { t } from "../../language/words.ts";

const copied = t`Copied.`;

/** Copies a text and says so; where the clipboard is closed, says that too. */
export function CopyButton({
  text,
  look,
  children,
}: {
  readonly text: string;
  readonly look?: "primary" | "link" | undefined;
  readonly children: ReactNode;
}) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), 4_000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid(copied);
    } catch {
      setSaid(t`The browser does not let the page copy: select the text and copy it by hand.`);
    }
  };
  return (
    <>
      <button type="button" onClick={() => void copy()} {...(look && { "data-look": look })}>
        {said === copied ? said : children}
      </button>
      <span className="visuallyHidden" aria-live="polite">
        {said}
      </span>
      {said !== "" && said !== copied && <span role="note">{said}</span>}
    </>
  );
}
