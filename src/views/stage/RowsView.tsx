import { count, t } from "../../language/words.ts";
import type { Scene } from "../../protocol/analysis.ts";
import type { LabState } from "../../store/state.ts";
import { useLab } from "../context.ts";
import { RoleMark, type Role } from "../kit/Icon.tsx";
import { useLabSlowly } from "../useLabSlowly.ts";
import css from "./RowsView.module.css";

/** Rows of either kind: as many as let both be seen at once on a laptop. */
const most = { rows: 12, columns: 60 } as const;
const pick = (state: LabState) => state.stage.frames.rows;

/** Real rows above, generated ones below, in the same columns, so that a cell has its like above it. */
export function RowsView({ scene }: { readonly scene: Extract<Scene, { view: "rows" }> }) {
  const frame = useLabSlowly(pick, 500);
  const columns = useLab((state) => state.data.summary?.columns);
  const header = scene.header.slice(0, most.columns);
  const numeric = header.map((name) => columns?.find((column) => column.name === name)?.type === "number");

  const group = (role: Role, rows: readonly (readonly string[])[] | undefined) => (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={header.length} className={css.role}>
          <span>
            <RoleMark role={role} />
            {role === "real"
              ? t`real`
              : t`synthetic${frame ? t`, step ${count(frame.step)}` : t`: none yet`}`}
          </span>
        </th>
      </tr>
      {rows?.slice(0, most.rows).map((row, r) => (
        <tr key={r}>
          {header.map((name, c) => (
            <td key={c} data-number={numeric[c] ? "" : undefined} title={`${name}: ${row[c] || "missing"}`}>
              {row[c] === "" ? <span className={css.missing}>{t`missing`}</span> : row[c]}
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );

  return (
    <div className={css.scroll} tabIndex={0} role="region" aria-label={t`Real and synthetic rows`}>
      <table>
        <thead>
          <tr>
            {header.map((name, c) => (
              <th key={c} scope="col" data-number={numeric[c] ? "" : undefined}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        {group("real", scene.rows)}
        {group("synthetic", frame?.rows)}
      </table>
      {scene.header.length > most.columns && (
        <p>{t`The first ${most.columns} of ${count(scene.header.length)} columns; the download has them all.`}</p>
      )}
    </div>
  );
}
