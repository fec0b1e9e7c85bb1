import { datasetCards, type DatasetId, type DatasetKind } from "../../catalog/datasets.ts";
import { t } from "../../language/words.ts";
import { useActions, useLab } from "../context.ts";
import { Field } from "../kit/Field.tsx";

const groups: readonly { readonly kind: DatasetKind; readonly label: string }[] = [
  { kind: "table", label: t`Tables` },
  { kind: "shape", label: t`Shapes in the plane` },
  { kind: "vectors", label: t`Gaussian vectors` },
  { kind: "images", label: t`Images` },
];

/** The built-in data by kind, and the person's own table while it is open. */
export function DatasetSelect() {
  const dataset = useLab((state) => state.setup.dataset);
  const ownName = useLab((state) => (state.setup.dataset === "own" ? state.data.summary?.name : undefined));
  const { pickDataset } = useActions();
  return (
    <Field label={t`Dataset`} quiet>
      {(ids) => (
        <select
          {...ids}
          value={dataset}
          onChange={(event) => event.target.value !== "own" && pickDataset(event.target.value as DatasetId)}
        >
          {dataset === "own" && (
            <optgroup label={t`Yours`}>
              <option value="own">{ownName ?? t`Your table`}</option>
            </optgroup>
          )}
          {groups.map(({ kind, label }) => (
            <optgroup key={kind} label={label}>
              {datasetCards
                .filter((card) => card.kind === kind)
                .map((card) => (
                  <option key={card.id} value={card.id}>
                    {card.name}
                  </option>
                ))}
            </optgroup>
          ))}
        </select>
      )}
    </Field>
  );
}
