import { t } from "../../language/words.ts";
import { useActions } from "../context.ts";
import { Icon } from "../kit/Icon.tsx";

/** The stage on the whole screen, for a projector. */
export function PresentButton() {
  const { present } = useActions();
  return (
    <button
      type="button"
      data-look="quiet"
      aria-label={t`Present`}
      title={t`The stage on the whole screen, with larger type and dots, and a key for each action`}
      onClick={() => {
        present(true);
        // Where the browser won't, the stage fills its window.
        document.documentElement.requestFullscreen?.().catch(() => undefined);
      }}
    >
      <Icon name="screen" />
    </button>
  );
}
