import { t } from "../../language/words.ts";
import { openPair } from "../../store/setup.ts";
import { useActions, useLab } from "../context.ts";
import css from "./Stage.module.css";

/** Which two columns to plot against each other; counted among the columns that are learned, as the workers do. */
export function PairPicker() {
  const columns = useLab((state) => state.data.summary?.columns);
  const setup = useLab((state) => state.setup);
  const { setPair } = useActions();
  if (!columns) return null;
  const learned = columns.filter((column) => column.include);
  const pair = openPair(setup, columns);
  const choice = (axis: 0 | 1, label: string) => (
    <label className={css.axis}>
      {label}
      <select
        value={pair[axis]}
        onChange={(event) => {
          const next = Number(event.target.value);
          setPair(axis === 0 ? [next, pair[1]] : [pair[0], next]);
        }}
      >
        {learned.map((column, i) => (
          <option key={column.name} value={i}>
            {column.name}
          </option>
        ))}
      </select>
    </label>
  );
  return (
    <div className={css.pair}>
      {choice(0, t`Across`)}
      {choice(1, t`Up`)}
    </div>
  );
}
