import { useEffect, useState } from "react";
import { t } from "../../language/words.ts";
import { fingerprintOf } from "../../share/fingerprint.ts";
import { raceResultOf } from "../../share/raceResult.ts";
import type { SharedResult } from "../../share/result.ts";
import type { Ticks } from "../../share/resultOf.ts";
import type { RaceState } from "../../store/race.ts";
import { useLabStore } from "../context.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { later } from "../kit/later.tsx";

const SharedLinkPanel = later(async () => (await import("../share/SharedLinkPanel.tsx")).SharedLinkPanel);

/** The race as a link that replays it, once it is over. Of a person's own table it holds no name, value or row. */
export function RaceLink({ race }: { readonly race: RaceState }) {
  const lab = useLabStore();
  const [result, setResult] = useState<SharedResult>();
  const [open, setOpen] = useState(false);
  const [ticks, setTicks] = useState<Ticks>({ names: false, categories: false, replay: true });
  const over = race.status === "over";
  useEffect(() => {
    setResult(undefined);
    if (!over) return;
    let wanted = true;
    const make = async (): Promise<void> => {
      const state = lab.getState();
      const { summary } = state.data;
      const own = state.setup.dataset === "own" && summary !== undefined;
      const print = own ? await fingerprintOf(summary).catch(() => undefined) : undefined;
      const made = raceResultOf(state, race, print);
      if (wanted) setResult(made);
    };
    void make();
    return () => {
      wanted = false;
    };
  }, [lab, race, over]);
  if (result === undefined) return null;
  return (
    <>
      <button
        type="button"
        data-look="link"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >{t`Share the result`}</button>
      {open && (
        <Dialog title={t`Share the race`} onClose={() => setOpen(false)}>
          <p>{t`The race to look at: its figures and its pictures. Opening it trains nothing.`}</p>
          <SharedLinkPanel result={result} ticks={ticks} onTick={setTicks} masks={false} />
        </Dialog>
      )}
    </>
  );
}
