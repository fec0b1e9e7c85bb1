import { AlertBar } from "./AlertBar.tsx";
import { Transport } from "./bar/Transport.tsx";
import css from "./Lab.module.css";
import { Stage } from "./stage/Stage.tsx";

/** The stage and what sets it going, for slides and articles: `?embed=1`. */
export function BareLab() {
  return (
    <div className={css.bare}>
      <AlertBar />
      <Stage />
      <Transport />
    </div>
  );
}
