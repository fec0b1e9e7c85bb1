import { t } from "../../language/words.ts";
import type { StageView } from "../../protocol/analysis.ts";
import { useLab } from "../context.ts";
import { RoleMark, type Role } from "../kit/Icon.tsx";
import css from "./Stage.module.css";
import { isPointView, sceneOf } from "./views.ts";

const roles: readonly Role[] = ["source", "real", "synthetic", "holdout"];

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
  const source = useLab((state) => {
    const scene = sceneOf(state, view);
    return scene !== undefined && "source" in scene ? state.origins.last?.name : undefined;
  });
  const adapted = useLab(
    ({ training }) => training.startedFrom?.weights === "last" && !!training.carried?.weights,
  );
  const points = isPointView(view);
  if (view === "images" || view === "rows" || view === "inside" || view === "quality" || view === "helps")
    return null; // they name both sides themselves
  const listed = roles.filter((role) =>
    role === "source" ? source !== undefined : role !== "holdout" || (points && held > 0),
  );
  if (!points)
    return (
      <ul className={css.legend} aria-label={t`Legend`}>
        {listed.map((role) => (
          <li key={role}>
            <RoleMark role={role} />
            {t(role)}
          </li>
        ))}
      </ul>
    );
  return (
    <div className={css.legend} role="group" aria-label={t`Layers`}>
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
          {role === "source" ? (
            <span className={css.named} title={source}>{t`source: ${source}`}</span>
          ) : (
            `${t(role)}${(source && asTarget(role, adapted)) || ""}`
          )}
        </button>
      ))}
    </div>
  );
}

/** What a role is in the adaptation to another table, once the source stands beside it. */
function asTarget(role: Role, adapted: boolean): string {
  if (role === "real") return t` (target)`;
  return role === "synthetic" && adapted ? t` (adapted)` : "";
}
