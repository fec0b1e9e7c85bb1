import * as Tabs from "radix-ui/tabs";
import { useEffect, useRef } from "react";
import css from "./TabList.module.css";

/** The tabs themselves, in a row that scrolls where it is too narrow; their panels are the caller's. */
export function TabList({
  label,
  tabs,
  open,
  className,
}: {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly name: string }[];
  /** The open one, which is brought into sight. */
  readonly open: string;
  readonly className?: string | undefined;
}) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = list.current?.querySelector('[data-state="active"]')?.getBoundingClientRect();
    if (list.current === null || tab === undefined) return;
    const { left, right } = list.current.getBoundingClientRect();
    list.current.scrollLeft += Math.max(0, tab.right - right) + Math.min(0, tab.left - left);
  }, [open]);
  return (
    <Tabs.List ref={list} className={`${css.list} ${className ?? ""}`} aria-label={label}>
      {tabs.map(({ id, name }) => (
        <Tabs.Trigger key={id} value={id} className={css.tab}>
          {name}
        </Tabs.Trigger>
      ))}
    </Tabs.List>
  );
}
