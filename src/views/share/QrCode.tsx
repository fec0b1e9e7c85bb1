import { encodeQR } from "qr";
import { useMemo } from "react";
import { t } from "../../language/words.ts";
import css from "./ShareDialog.module.css";

/** Bytes that the largest code takes at the lowest correction (ISO/IEC 18004, version 40-L); fewer can still be read off a screen. */
const most = 1_200;

/** The link for a camera; black on white in either theme, since cameras want it so. */
export function QrCode({ link }: { readonly link: string }) {
  const modules = useMemo(
    () => (link.length <= most ? encodeQR(link, "raw", { ecc: "low", border: 4 }) : undefined),
    [link],
  );
  if (modules === undefined)
    return (
      <p
        className={css.quiet}
      >{t`This link is too long for a code that a camera can read. A setup link is not.`}</p>
    );
  const size = modules.length;
  const path = modules
    .flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])))
    .join("");
  return (
    <svg
      className={css.code}
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={t`QR code of the link`}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
