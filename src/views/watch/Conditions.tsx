import { lazy, Suspense } from "react";
import { t } from "../../language/words.ts";
import type { ColumnSummary } from "../../protocol/analysis.ts";
import { blankFor, type ConditionDraft } from "./conditionDraft.ts";
import css from "./Conditions.module.css";

// Nobody asks before there is a first picture, which need not wait for sliders.
const ConditionRow = lazy(async () => ({ default: (await import("./ConditionRow.tsx")).ConditionRow }));

/** What the rows to take away are to be like. */
export function Conditions({
  columns,
  rows,
  drafts,
  onChange,
}: {
  readonly columns: readonly ColumnSummary[];
  /** Rows of the table. */
  readonly rows: number;
  readonly drafts: readonly ConditionDraft[];
  readonly onChange: (drafts: readonly ConditionDraft[]) => void;
}) {
  if (columns.length === 0) return null;
  const add = (): void => {
    const used = new Set(drafts.map(({ column }) => column));
    // A rare class is what people ask for most: categories come first.
    const fresh = columns.filter(({ name }) => !used.has(name));
    const next = fresh.find(({ histogram }) => histogram.kind === "category") ?? fresh[0] ?? columns[0]!;
    onChange([...drafts, { ...blankFor(next), id: Math.max(0, ...drafts.map(({ id }) => id)) + 1 }]);
  };
  return (
    <div className={css.conditions}>
      {drafts.length > 0 && (
        <ul aria-label={t`Conditions`} className={css.list}>
          <Suspense>
            {drafts.map((draft) => (
              <ConditionRow
                key={draft.id}
                draft={draft}
                columns={columns}
                rows={rows}
                onChange={(next) => onChange(drafts.map((each) => (each.id === next.id ? next : each)))}
                onRemove={() => onChange(drafts.filter(({ id }) => id !== draft.id))}
              />
            ))}
          </Suspense>
        </ul>
      )}
      <button type="button" data-look="link" onClick={add}>
        {drafts.length === 0 ? t`Only rows where …` : t`and where …`}
      </button>
    </div>
  );
}
