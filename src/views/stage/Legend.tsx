import type { StageView } from "../../protocol/analysis.ts";
import { useLab } from "../context.ts";
import { RoleMark, type Role } from "../kit/Icon.tsx";
import css from "./Stage.module.css";
import { isPointView } from "./views.ts";

const roles: readonly Role[] = ["real", "synthetic", "holdout"];

/** What the marks mean; over points each also switches its layer on and off. */
export function Legend({
  view,
  shown,
  onChange,
}: {
  readonly view: StageView;
  readonly shown: ReadonlySet<Role>;
  readonly onChange: (shown: ReadonlySet<Role>) => void;
}) {
  const held = useLab((state) => state.data.prepared?.holdoutRows ?? 0);
  const points = isPointView(view);
  if (view === "images" || view === "rows" || view === "quality") return null; // they name both sides themselves
  const listed = roles.filter((role) => role !== "holdout" || (points && held > 0));
  if (!points)
    return (
      <ul className={css.legend} aria-label="Legend">
        {listed.map((role) => (
          <li key={role}>
            <RoleMark role={role} />
            {role}
          </li>
        ))}
      </ul>
    );
  return (
    <div className={css.legend} role="group" aria-label="Layers">
      {listed.map((role) => (
        <button
          key={role}
          type="button"
          data-look="quiet"
          aria-pressed={shown.has(role)}
          onClick={() => {
            const next = new Set(shown);
            if (!next.delete(role)) next.add(role);
            onChange(next);
          }}
        >
          <RoleMark role={role} />
          {role}
        </button>
      ))}
    </div>
  );
}
