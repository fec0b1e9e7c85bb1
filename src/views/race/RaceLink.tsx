import { useEffect, useState } from "react";
import { fingerprintOf } from "../../share/fingerprint.ts";
import { raceResultOf } from "../../share/raceResult.ts";
import { linkOf } from "../../share/resultOf.ts";
import type { RaceState } from "../../store/race.ts";
import { useLabStore } from "../context.ts";
import { CopyButton } from "../kit/CopyButton.tsx";

/** The race as a link that replays it, once it is over. Of a person's own table it holds no name, value or row. */
export function RaceLink({ race }: { readonly race: RaceState }) {
  const lab = useLabStore();
  const [link, setLink] = useState<string>();
  const over = race.status === "over";
  useEffect(() => {
    setLink(undefined);
    if (!over) return;
    let wanted = true;
    const make = async (): Promise<void> => {
      const state = lab.getState();
      const { summary } = state.data;
      const own = state.setup.dataset === "own" && summary !== undefined;
      const print = own ? await fingerprintOf(summary).catch(() => undefined) : undefined;
      const result = raceResultOf(state, race, print);
      if (result === undefined) return;
      const { hash } = await linkOf(result, true);
      if (wanted) setLink(`${location.origin}${location.pathname}#${hash}`);
    };
    void make();
    return () => {
      wanted = false;
    };
  }, [lab, race, over]);
  if (link === undefined) return null;
  return (
    <CopyButton look="link" text={link}>
      Copy a link to the result
    </CopyButton>
  );
}
