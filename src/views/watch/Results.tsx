import { useEffect } from "react";
import { t } from "../../language/words.ts";
import { useActions } from "../context.ts";
import { later } from "../kit/later.tsx";
import css from "./Results.module.css";

const Panels = later(async () => (await import("./Panels.tsx")).Panels);

/** How the run goes, and its rows to take away. */
export function Results() {
  const { watch } = useActions();
  useEffect(() => {
    watch(["columns"]);
    return () => watch([]);
  }, [watch]);
  return (
    <aside className={css.results} id="results" aria-label={t`Results`}>
      <Panels />
    </aside>
  );
}
