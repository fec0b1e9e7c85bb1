import { useLab } from "../context.ts";
import { Tip } from "../kit/Tip.tsx";
import css from "./TopBar.module.css";

const names = { webgpu: "WebGPU", wasm: "WASM", cpu: "CPU" } as const;

/** What computes, by its own name, and why it was chosen. */
export function BackendBadge() {
  const backend = useLab((state) => state.backend);
  if (!backend) return <span className={css.badge}>finding a backend…</span>;
  return (
    <Tip
      align="end"
      words={
        <>
          {names[backend.name]}
          {backend.adapter && ` on ${backend.adapter}`}. {backend.reason}
        </>
      }
    >
      <span className={css.badge}>
        <b>{names[backend.name]}</b>
        {backend.adapter && <span className={css.adapter}>{backend.adapter}</span>}
      </span>
    </Tip>
  );
}
