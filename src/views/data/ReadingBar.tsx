import { count, t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import { percent } from "../kit/format.ts";
import css from "./DataPanel.module.css";

export function ReadingBar() {
  const reading = useLab((state) => state.data.reading);
  const { cancelReading } = useActions();
  if (!reading) return null;
  return (
    <div className={css.reading}>
      <span>{t`Reading: ${count(reading.rows)} rows, ${percent(Math.floor(reading.share * 100) / 100)}`}</span>
      <button type="button" onClick={() => cancelReading()}>{t`Cancel`}</button>
      <progress value={reading.share} max={1} aria-label={t`Reading the file`} />
    </div>
  );
}
