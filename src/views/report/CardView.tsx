import * as Tabs from "radix-ui/tabs";
import { useState } from "react";
import { count, t } from "../../language/words.ts";
import type { ReportCard } from "../../protocol/report.ts";
import { useActions } from "../context.ts";
import { TabList } from "../kit/TabList.tsx";
import { Axes } from "./Axes.tsx";
import { Closest } from "./Closest.tsx";
import { ColumnList } from "./ColumnList.tsx";
import { Figures } from "./Figures.tsx";
import { Gaps } from "./Gaps.tsx";
import { Groups } from "./Groups.tsx";
import { Matrices } from "./Matrices.tsx";
import { Models } from "./Models.tsx";
import { PairList } from "./PairList.tsx";
import type { Place } from "./places.ts";
import css from "./Report.module.css";

const names: Readonly<Record<Place, string>> = {
  axes: t`Overview`,
  columns: t`Columns`,
  pairs: t`Pairs`,
  matrices: t`Matrices`,
  gaps: t`Gaps`,
  closest: t`Closest rows`,
  models: t`Models`,
  groups: t`Groups`,
  figures: t`All figures`,
};

/** A report: six gauges, and behind each what moves it. */
export function CardView({ card, moved }: { readonly card: ReportCard; readonly moved: boolean }) {
  const [place, go] = useState<Place>("axes");
  const [column, choose] = useState<string>();
  const { saveReport } = useActions();
  const [withRows, setWithRows] = useState(false);
  const there: Readonly<Record<Place, boolean>> = {
    axes: true,
    columns: true,
    pairs: card.pairs.length > 0,
    matrices: card.matrix.columns.length > 1,
    gaps: true,
    closest: card.closest.pairs.length > 0,
    models: card.learners.length > 0,
    groups: card.groups.length > 0,
    figures: true,
  };
  const places = (Object.keys(names) as Place[]).filter((name) => there[name]);
  const open = places.includes(place) ? place : "axes";
  /** The pairs of one column. */
  const showPairs = (name: string): void => {
    choose(name);
    go("pairs");
  };
  return (
    <article className={css.card} aria-label={t`Report`}>
      <header className={css.head}>
        <div>
          <h2>{card.made ?? card.table}</h2>
          <p>{t`${count(card.rows.synthetic)} fresh rows against ${count(card.rows.train)} training and ${count(card.rows.holdout)} held-out rows${moved && t`. The model has moved on since`}`}</p>
        </div>
        <div className={css.save}>
          <label>
            <input
              type="checkbox"
              checked={withRows}
              onChange={({ currentTarget: { checked } }) => setWithRows(checked)}
            />
            {t`with rows of the table`}
          </label>
          <button type="button" onClick={() => saveReport(withRows)}>{t`Save report`}</button>
        </div>
      </header>
      <Tabs.Root value={open} activationMode="automatic" onValueChange={(next) => go(next as Place)}>
        <TabList
          label={t`Parts of the report`}
          tabs={places.map((id) => ({ id, name: names[id] }))}
          open={open}
          className={css.places}
        />
        <Tabs.Content key={open} value={open} className={css.content}>
          {open === "axes" && <Axes card={card} go={(next) => there[next] && go(next)} />}
          {open === "columns" && <ColumnList columns={card.columns} showPairs={showPairs} />}
          {open === "pairs" && <PairList pairs={card.pairs} column={column} choose={choose} />}
          {open === "matrices" && <Matrices matrix={card.matrix} />}
          {open === "gaps" && <Gaps missing={card.missing} />}
          {open === "closest" && <Closest closest={card.closest} />}
          {open === "models" && <Models card={card} />}
          {open === "groups" && <Groups groups={card.groups} />}
          {open === "figures" && <Figures figures={card.figures} />}
        </Tabs.Content>
      </Tabs.Root>
    </article>
  );
}
