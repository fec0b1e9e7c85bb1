import { useEffect, useId, useRef, type ReactNode } from "react";
import { t } from "../../language/words.ts";
import css from "./Dialog.module.css";
import { Icon } from "./Icon.tsx";

/** The browser's own modal: it traps focus, closes on Escape and gives focus back. */
export function Dialog({
  title,
  onClose,
  wide = false,
  children,
}: {
  readonly title: string;
  readonly onClose: () => void;
  readonly wide?: boolean;
  readonly children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  useEffect(() => {
    const dialog = ref.current;
    // A click on the dialog itself, not on its body, is one on the backdrop; Escape does the same by key.
    // One that began on a button which has moved since, because what it opened is larger, is neither.
    let began: EventTarget | null = null;
    const press = (event: PointerEvent): void => {
      began = event.target;
    };
    const outside = (event: MouseEvent): void => {
      if (event.target === dialog && began === dialog) onClose();
    };
    dialog?.addEventListener("pointerdown", press);
    dialog?.addEventListener("click", outside);
    return () => {
      dialog?.removeEventListener("pointerdown", press);
      dialog?.removeEventListener("click", outside);
    };
  }, [onClose]);
  return (
    <dialog
      ref={ref}
      className={css.dialog}
      data-wide={wide}
      aria-labelledby={heading}
      onCancel={(event) => {
        event.preventDefault();
        // React lets it bubble: Escape closes the dialog on top, not those below it too.
        event.stopPropagation();
        onClose();
      }}
    >
      <div className={css.body}>
        <div className={css.head}>
          <h2 id={heading}>{title}</h2>
          <button type="button" data-look="quiet" onClick={onClose} aria-label={t`Close: ${title}`}>
            <Icon name="close" />
          </button>
        </div>
        {children}
      </div>
    </dialog>
  );
}

/** What scrolls in a dialog that holds more than fits, under a title that stays. */
export function DialogBody({ children }: { readonly children: ReactNode }) {
  return <div className={css.scroll}>{children}</div>;
}
