import type { LabState } from "../../store/state.ts";
import { useLab } from "../context.ts";
import { Tip } from "../kit/Tip.tsx";
import { useLabSlowly } from "../useLabSlowly.ts";
import { choiceWords, names, ordersWords } from "./backendWords.ts";
import css from "./TopBar.module.css";

const pickOrders = (state: LabState): string => ordersWords(state.training.orders);

/** What computes, by its own name, why it was chosen, and how steps reach it. */
export function BackendBadge() {
  const backend = useLab((state) => state.backend);
  const orders = useLabSlowly(pickOrders);
  const failed = useLab((state) => state.phase === "error");
  if (!backend)
    return (
      <span className={css.badge}>
        {failed ? (
          "no backend"
        ) : (
          <>
            finding<span className={css.wordy}> a backend</span>…
          </>
        )}
      </span>
    );
  return (
    <Tip
      align="end"
      words={`${choiceWords(backend)} ${orders}`.trimEnd()}
      link={{ href: "bench.html", text: "Measure this machine" }}
    >
      <span className={css.badge}>
        <b>{names[backend.name]}</b>
        {backend.adapter && <span className={css.adapter}>{backend.adapter}</span>}
      </span>
    </Tip>
  );
}
