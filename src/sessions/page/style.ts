/** The look of a report on its own: the lab's tokens, and nothing from elsewhere. */
import { Markup } from "./markup.ts";

export const style = new Markup(`
:root{color-scheme:light dark;
--paper:light-dark(#fff,#131517);--soft:light-dark(#f4f4f1,#1c1f22);--ink:light-dark(#1b1d20,#e9eaeb);
--ink-2:light-dark(#565b62,#a9aeb4);--line:light-dark(#e5e5e1,#2a2d31);--track:light-dark(#e5e5e1,#33373c);
--real:light-dark(#0072b2,#56b4e9);--synthetic:light-dark(#d55e00,#ff8f3f);--holdout:light-dark(#80858b,#868c93);
--accent:light-dark(#00694f,#4fd1a5);--danger:light-dark(#a3180f,#ff9d92)}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:14px/20px -apple-system,"Segoe UI",Roboto,Cantarell,Ubuntu,"Liberation Sans",system-ui,sans-serif;font-variant-numeric:tabular-nums}
main{max-width:1040px;margin:0 auto;padding:32px 24px 64px}
h1,h2,h3,p,ul,ol,figure,table{margin:0;padding:0}
ul,ol{list-style:none}
h1{font-size:24px;line-height:32px;font-weight:600;overflow-wrap:anywhere}
h2{font-size:17px;line-height:24px;font-weight:600}
h3{font-size:14px;font-weight:600}
header{display:grid;gap:4px;margin-bottom:24px}
section{display:grid;grid-template-columns:minmax(0,1fr);gap:12px;padding:24px 0;border-top:1px solid var(--line)}
.q,small,caption{color:var(--ink-2)}
small,caption{font-size:12px;line-height:16px}
.axes{display:grid;grid-template-columns:repeat(auto-fill,minmax(288px,1fr));gap:32px 40px}
.axis{display:grid;gap:4px;align-content:start}
.axis>.top{display:flex;align-items:baseline;justify-content:space-between;gap:12px}
.axis b{font-size:28px;line-height:32px;font-weight:600}
.axis b small{font-weight:400}
.close b,.close .verdict{color:var(--danger)}
.track{position:relative;display:block;height:20px}
.track>i{position:absolute;display:block}
.track>.rail{inset:8px 0 auto;height:4px;border-radius:2px;background:var(--track)}
.track>.fill{top:8px;left:0;height:4px;border-radius:2px;background:var(--synthetic)}
.track>.spread{top:5px;height:10px;background:var(--synthetic);opacity:.25}
.track>.holdout{top:6px;width:8px;height:8px;margin-left:-4px;background:var(--holdout);outline:2px solid var(--paper)}
.track>.independent{top:4px;width:2px;height:12px;margin-left:-1px;background:var(--ink-2)}
.track>.copy{top:4px;width:12px;height:12px;margin-left:-6px;border:2px solid var(--real);border-radius:50%}
.legend{display:flex;flex-wrap:wrap;gap:4px 20px;color:var(--ink-2);font-size:12px}
.legend span{display:flex;align-items:center;gap:6px}
.legend .track{width:16px;height:20px;flex:none}
table{border-collapse:collapse;width:100%}
th{font-weight:500;text-align:left}
th,td{padding:4px 16px 4px 0;border-bottom:1px solid var(--line);vertical-align:top}
thead th{color:var(--ink-2);font-size:12px}
td.n,th.n{text-align:right;white-space:nowrap}
.scroll{overflow-x:auto}
.scroll:focus-visible{outline:2px solid var(--accent)}
details{border-bottom:1px solid var(--line)}
summary{padding:6px 0;cursor:pointer}
summary:focus-visible{outline:2px solid var(--accent)}
summary .row{display:inline-grid;grid-template-columns:minmax(0,1fr) 120px 56px;gap:16px;align-items:center;width:calc(100% - 24px);vertical-align:middle}
summary .row>:first-child{overflow-wrap:anywhere}
summary .row>:last-child{text-align:right}
.bar{display:block;position:relative;height:4px;border-radius:2px;background:var(--track)}
.bar>i{position:absolute;inset:0 auto 0 0;border-radius:2px;background:var(--synthetic)}
.bar>u{position:absolute;top:-2px;width:8px;height:8px;margin-left:-4px;background:var(--holdout)}
details>div{padding:4px 0 20px;display:grid;gap:8px;grid-template-columns:minmax(0,1fr)}
svg{display:block;max-width:100%;overflow:visible}
svg text{fill:var(--ink-2);font-size:11px}
.three{display:grid;grid-template-columns:repeat(auto-fit,minmax(240px,1fr));gap:24px}
.three>figure{display:grid;gap:8px;align-content:start}
.cats{display:grid;gap:2px;max-width:560px}
.cats li{display:grid;grid-template-columns:minmax(0,2fr) 3fr 100px;gap:12px;align-items:center}
.cats li>:first-child{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.cats i{display:block;height:5px;background:var(--real);opacity:.7}
.cats u{display:block;height:5px;border:1px solid var(--synthetic)}
.limits{list-style:disc;padding-left:20px;display:grid;gap:4px}
.limits>:not(.found){color:var(--ink-2)}
.same{color:var(--ink-2)}
td.off{font-weight:600}
@media (max-width:600px){main{padding:20px 16px 48px}.axes{gap:28px}summary .row{grid-template-columns:minmax(0,1fr) 64px 48px;gap:8px}}
@media print{details>div{break-inside:avoid}}
`);
