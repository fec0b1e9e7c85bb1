import { useState } from "react";
import { t } from "../../language/words.ts";
import { CopyButton } from "../kit/CopyButton.tsx";
import { QrCode } from "./QrCode.tsx";
import { sizeWords } from "./contents.ts";
import css from "./ShareDialog.module.css";

/** A link to take along: by copying, by hand or by camera. */
export function LinkBox({ link, primary = true }: { readonly link: string; readonly primary?: boolean }) {
  const [coded, setCoded] = useState(false);
  return (
    <>
      <div className={css.link}>
        <input
          type="text"
          readOnly
          value={link}
          aria-label={t`Link`}
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={link} look={primary ? "primary" : undefined}>{t`Copy link`}</CopyButton>
      </div>
      <p className={css.quiet}>
        {sizeWords(link.length)}{" "}
        <button type="button" data-look="link" aria-expanded={coded} onClick={() => setCoded(!coded)}>
          {coded ? t`Hide the QR code` : t`Show a QR code`}
        </button>
      </p>
      {coded && <QrCode link={link} />}
    </>
  );
}
