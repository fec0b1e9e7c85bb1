import { t } from "../../language/words.ts";
import type { NumericTransform } from "../../protocol/analysis.ts";
import { defaultSetup } from "../../store/setup.ts";
import { useActions, useLab } from "../context.ts";
import { Field } from "../kit/Field.tsx";
import { TextBox } from "../kit/TextBox.tsx";
import css from "./DataPanel.module.css";

const transforms: readonly { readonly value: NumericTransform; readonly label: string }[] = [
  { value: "quantile", label: t`Quantiles to a normal curve` },
  { value: "standard", label: t`Mean 0, deviation 1` },
  { value: "minmax", label: t`Range to [−1, 1]` },
  { value: "none", label: t`As they are` },
];
const holdouts = [0, 0.1, 0.2, 0.3, 0.5];

/** How the table becomes numbers; every change prepares the data anew. */
export function EncodingOptions() {
  const { holdout, numeric, missingMarks } = useLab((state) => state.setup);
  const { setHoldout, setNumeric, setMissingMarks } = useActions();
  const shares = holdouts.includes(holdout) ? holdouts : [...holdouts, holdout].sort((a, b) => a - b);
  return (
    <div className={css.options}>
      <Field label={t`Held out`} help={t`Set aside before anything is fitted, to compare with.`}>
        {(ids) => (
          <select {...ids} value={holdout} onChange={(event) => setHoldout(Number(event.target.value))}>
            {shares.map((share) => (
              <option key={share} value={share}>
                {share === 0 ? t`Nothing` : t`${Math.round(share * 100)} % of the rows`}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t`Numbers are brought to`}>
        {(ids) => (
          <select
            {...ids}
            value={numeric}
            onChange={(event) => setNumeric(event.target.value as NumericTransform)}
          >
            {transforms.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={t`Cells that mean “missing”`}
        help={t`Separated by commas; the empty cell always counts. Upper and lower case are the same.`}
      >
        {(ids) => (
          <TextBox
            {...ids}
            value={missingMarks.filter((mark) => mark !== "").join(", ")}
            placeholder={defaultSetup.missingMarks.filter((mark) => mark !== "").join(", ")}
            onCommit={(text) => setMissingMarks(marksIn(text))}
          />
        )}
      </Field>
    </div>
  );
}

/** "NA, ?" -> ["", "NA", "?"]. */
function marksIn(text: string): readonly string[] {
  const marks = text.split(",").map((mark) => mark.trim());
  return [...new Set(["", ...marks])];
}
