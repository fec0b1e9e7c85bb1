import { useState, type RefObject } from "react";
import { t } from "../../language/words.ts";
import { savePicture, type PictureFormat } from "./picture.ts";
import css from "./SavePicture.module.css";

/** The plot beside it as a file, for slides and papers. */
export function SavePicture({
  of,
  name,
  formats = ["png", "svg"],
}: {
  /** Around the plot. */
  readonly of: RefObject<HTMLElement | null>;
  /** Of the file, without its ending; it says nothing of the table. */
  readonly name: string;
  readonly formats?: readonly PictureFormat[];
}) {
  const [fault, setFault] = useState("");
  const save = (format: PictureFormat): void => {
    setFault("");
    if (of.current === null) return;
    savePicture(of.current, name, format).catch((error: unknown) =>
      setFault(error instanceof Error ? error.message : String(error)),
    );
  };
  return (
    <span className={css.save} role="group" aria-label={t`Save the picture`}>
      {formats.map((format) => (
        <button
          key={format}
          type="button"
          data-look="link"
          title={t`Save the picture as ${format.toUpperCase()}`}
          onClick={() => save(format)}
        >
          {format.toUpperCase()}
        </button>
      ))}
      {fault !== "" && <span role="alert">{fault}</span>}
    </span>
  );
}
