import { t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import { later } from "../kit/later.tsx";

const RaceDialog = later(async () => (await import("./RaceDialog.tsx")).RaceDialog);

/** Opens the race; a race goes on while its dialog is closed. */
export function RaceButton() {
  const open = useLab(({ raceShown }) => raceShown);
  const { showRace } = useActions();
  // A race is seen on a map, which a single column has none of.
  const mapped = useLab(({ data }) =>
    data.prepared?.views.some((view) => view === "plane" || view === "pca"),
  );
  return (
    <div>
      <button
        type="button"
        aria-haspopup="dialog"
        disabled={mapped !== true}
        onClick={() => showRace(true)}
      >{t`Race models`}</button>
      {open && <RaceDialog onClose={() => showRace(false)} />}
    </div>
  );
}
