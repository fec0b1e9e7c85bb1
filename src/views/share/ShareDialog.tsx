import * as Tabs from "radix-ui/tabs";
import { useState } from "react";
import { t } from "../../language/words.ts";
import { useLab, useLabStore } from "../context.ts";
import { Dialog } from "../kit/Dialog.tsx";
import { TabList } from "../kit/TabList.tsx";
import { FilePanel } from "./FilePanel.tsx";
import { ResultPanel } from "./ResultPanel.tsx";
import { SetupPanel } from "./SetupPanel.tsx";
import css from "./ShareDialog.module.css";
import type { Ticks } from "../../share/resultOf.ts";

const tiers = [
  { id: "setup", name: t`Setup link` },
  { id: "result", name: t`Result link` },
  { id: "file", name: t`Run file` },
] as const;

/** Three ways to pass an experiment on, from the least that is told to the most. */
export function ShareDialog({
  copied,
  onClose,
}: {
  /** What became of the setup link when the dialog was asked for. */
  readonly copied: boolean;
  readonly onClose: () => void;
}) {
  const store = useLabStore();
  // What is shared is the run as it stood: a link that changed while it was read would be none.
  const [state] = useState(() => store.getState());
  const [ticks, setTicks] = useState<Ticks>({ names: false, categories: false, replay: true });
  const [tier, setTier] = useState<string>("setup");
  const href = useLab(() => location.href);
  const shared = { state, ticks, onTick: setTicks };
  return (
    <Dialog title={t`Share`} onClose={onClose}>
      <Tabs.Root value={tier} onValueChange={setTier} className={css.tiers}>
        <TabList label={t`What to share`} tabs={tiers} open={tier} className={css.list} />
        <Tabs.Content value="setup" className={css.panel}>
          <SetupPanel state={state} link={href} copied={copied} />
        </Tabs.Content>
        <Tabs.Content value="result" className={css.panel}>
          <ResultPanel {...shared} />
        </Tabs.Content>
        <Tabs.Content value="file" className={css.panel}>
          <FilePanel {...shared} />
        </Tabs.Content>
      </Tabs.Root>
    </Dialog>
  );
}
