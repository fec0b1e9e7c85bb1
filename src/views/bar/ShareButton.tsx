import { useState } from "react";
import { t } from "../../language/words.ts";
import { useActions } from "../context.ts";
import { Icon } from "../kit/Icon.tsx";
import { later } from "../kit/later.tsx";

const ShareDialog = later(async () => (await import("../share/ShareDialog.tsx")).ShareDialog);

/** Copies the setup link, since that is what is wanted most, and offers the rest. */
export function ShareButton() {
  const actions = useActions();
  const [open, setOpen] = useState(false);
  const [copied, setCopied] = useState(false);

  const share = (): void => {
    setOpen(true);
    actions.share().then(
      () => setCopied(true),
      () => setCopied(false), // the dialog has it to be copied by hand
    );
  };

  return (
    <>
      <button type="button" aria-haspopup="dialog" onClick={share}>
        <Icon name="link" />
        {t`Share`}
      </button>
      {open && <ShareDialog copied={copied} onClose={() => setOpen(false)} />}
    </>
  );
}
