import { useEffect, useState } from "react";
import { originOf } from "../../store/origins.ts";
import { useActions, useLab } from "../context.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { Icon } from "../kit/Icon.tsx";
import css from "./TopBar.module.css";

/** Copies the link and says so; where the clipboard is closed, shows it to be copied by hand. */
export function ShareButton() {
  const own = useLab((state) => state.setup.dataset === "own");
  const carried = useLab((state) => originOf(state) !== undefined);
  const actions = useActions();
  const [said, setSaid] = useState("");
  const [link, setLink] = useState<string>();

  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => setSaid(""), 4_000);
    return () => clearTimeout(timer);
  }, [said]);

  const share = async (): Promise<void> => {
    try {
      await actions.share();
      const copied = own
        ? "Link copied: the setup, not your table."
        : "Link copied: data, model, settings and seed.";
      setSaid(carried ? `${copied} The weights it starts from can't be part of it; it says so.` : copied);
    } catch {
      setLink(location.href);
    }
  };

  return (
    <>
      <button type="button" onClick={() => void share()}>
        <Icon name="link" />
        Share
      </button>
      <span className={css.said} aria-live="polite">
        {said}
      </span>
      {link !== undefined && (
        <Dialog title="Copy this link" onClose={() => setLink(undefined)}>
          <p>The browser did not let the page copy it. The link carries the setup and never a table.</p>
          <input
            type="text"
            readOnly
            value={link}
            aria-label="Link"
            onFocus={(event) => event.target.select()}
          />
        </Dialog>
      )}
    </>
  );
}
