/**
 * The style of the document, as it stands in it. Colours are pairs that keep a contrast of 4.5 in light and dark; every
 * state also has a sign and a word. `hidden` wins over whatever a rule displays.
 */
export const style = String.raw`
:root{color-scheme:light dark;--page:#fafaf8;--card:#fff;--ink:#1c2024;--soft:#59626b;--line:#e2e4e3;--faint:#f1f2f0;--accent:#0b5a8f;--accent-2:#5b95bd;--accent-3:#a9c9de;--quiet:#c6cbcf;--bad:#b0261c;--bad-2:#d9776d;--bad-bar:#b0261c;--bad-bg:#fcebe9;--dark:#7d5200;--dark-bg:#fff3d9;--dark-line:#b98a2c;--good:#17653a;--good-2:#4f9a70;--good-bg:#e8f4ec;--code:#f4f5f3;--shadow:0 1px 2px #0000000d}
@media(prefers-color-scheme:dark){:root{--page:#14171a;--card:#1b1f23;--ink:#e6e9eb;--soft:#a3adb6;--line:#31373d;--faint:#23282d;--accent:#7fbdea;--accent-2:#4d88b3;--accent-3:#35607f;--quiet:#4a525a;--bad:#ff9d92;--bad-2:#a8534a;--bad-bar:#dc6155;--bad-bg:#3b1f1c;--dark:#f1c673;--dark-bg:#352a14;--dark-line:#a9833a;--good:#83d3a4;--good-2:#3f8a60;--good-bg:#17301f;--code:#22272c;--shadow:none}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-padding-top:16px;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:1360px;padding:0 32px 64px;display:grid;grid-template-columns:208px minmax(0,1fr);column-gap:48px;background:var(--page);color:var(--ink);font:15px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;font-variant-numeric:tabular-nums}
a{color:var(--accent);text-decoration-thickness:1px;text-underline-offset:2px}
a:hover{text-decoration-thickness:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
p,ul,ol,dl,dd,figure{margin:0}
small{font-size:.9em;color:var(--soft)}
code,pre{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;overflow-wrap:anywhere}
.skip{position:absolute;left:-999px;top:8px;background:var(--card);padding:8px 14px;z-index:9}
.skip:focus{left:8px}
.top{grid-column:1/-1;padding:36px 0 24px;border-bottom:1px solid var(--line);margin-bottom:28px}
h1{margin:0 0 10px;font-size:27px;line-height:1.2;font-weight:650;letter-spacing:-.015em}
.top dl{display:flex;flex-wrap:wrap;gap:2px 28px;font-size:14px}
.top dl div{display:flex;gap:7px}
.top dt{color:var(--soft)}
.top dd{overflow-wrap:anywhere}
.note{margin-top:10px;color:var(--soft)}
nav{position:sticky;top:24px;align-self:start;font-size:14px}
nav ol{list-style:none;padding:0;counter-reset:n}
nav li{counter-increment:n}
nav a{display:flex;gap:10px;padding:6px 0;color:var(--ink);text-decoration:none;line-height:1.35}
nav a::before{content:counter(n);color:var(--soft);min-width:1ch}
nav a:hover{color:var(--accent);text-decoration:underline}
main{min-width:0}
section{padding-top:20px;margin-top:52px;border-top:1px solid var(--line)}
h2{margin:0 0 6px;font-size:21px;line-height:1.3;font-weight:620;letter-spacing:-.01em}
h2 .number{color:var(--soft);font-weight:400;margin-right:6px}
h3{margin:34px 0 10px;font-size:16px;font-weight:620}
.lead{max-width:76ch;color:var(--soft);margin-bottom:22px}
.banner{display:flex;gap:10px;padding:13px 18px;border-radius:6px;border:1px solid var(--line);background:var(--card)}
.banner>b:first-child{flex:none}
.banner.whole{border-left:5px solid var(--good-2)}
.banner.whole>b:first-child{color:var(--good)}
.banner.whole>b:first-child::before{content:"✓ ";content:"✓ "/""}
.banner.partial{background:var(--dark-bg);border-color:var(--dark-line);border-left-width:5px}
.banner.partial>b:first-child{color:var(--dark)}
.banner.partial>b:first-child::before{content:"? ";content:"? "/""}
.glance{display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:16px;margin-top:18px}
.card{display:flex;flex-direction:column;gap:4px;background:var(--card);border:1px solid var(--line);border-top:3px solid var(--quiet);border-radius:6px;padding:14px 18px 13px;box-shadow:var(--shadow);font-size:14px;line-height:1.45}
.card h2{font-size:13px;font-weight:600;color:var(--soft);letter-spacing:.01em;margin:0}
.card .big{font-size:36px;line-height:1.15;font-weight:640;letter-spacing:-.02em;margin-bottom:4px;overflow-wrap:anywhere}
.card .big small{font-size:15px;font-weight:400;letter-spacing:0}
.card .big a{font-size:17px;letter-spacing:-.01em;line-height:1.35;display:inline-block;padding:4px 0}
.card ul{list-style:none;padding:0}
.card .go{margin-top:auto;padding-top:8px}
.card.bad{border-top-color:var(--bad)}
.card.bad .big{color:var(--bad)}
.card.dark{border-top-color:var(--dark-line)}
.card.dark .big{color:var(--dark)}
.equation{font-size:17px;margin-bottom:10px}
.chart{display:block;overflow:visible}
.chart text{font:13px system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;fill:var(--ink)}
.chart .figure{text-anchor:end;font-weight:600;font-variant-numeric:tabular-nums}
.chart .tick{text-anchor:middle;fill:var(--soft);font-size:12px}
.chart .tick.first{text-anchor:start}.chart .tick.last{text-anchor:end}
.chart .grid{stroke:var(--line)}
.track{fill:var(--faint)}
.t-fail{fill:var(--bad-bar)}.t-fail-soft{fill:var(--bad-2)}.t-accent{fill:var(--accent)}.t-accent-soft{fill:var(--accent-2)}.t-accent-faint{fill:var(--accent-3)}.t-quiet{fill:var(--quiet)}.t-pass{fill:var(--good-2)}.t-unknown{fill:url(#hatch)}
.hatch-ground{fill:var(--dark-bg)}.hatch-line{fill:var(--dark-line)}
.pair{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:44px;align-items:start}
table{width:100%;border-collapse:collapse;font-size:14px;line-height:1.5}
caption{text-align:left;font-weight:600;padding:0 0 6px}
*+table{margin-top:26px}
.pair>table{margin-top:0}
th,td{text-align:left;vertical-align:top;padding:8px 14px 8px 0;font-weight:400;overflow-wrap:anywhere}
thead th{color:var(--soft);font-size:13px;border-bottom:1px solid var(--quiet);padding-top:4px;padding-bottom:5px;vertical-align:bottom;white-space:nowrap}
tbody tr{border-bottom:1px solid var(--line)}
tbody th{font-weight:550}
th:last-child,td:last-child{padding-right:0}
.n{text-align:right;white-space:nowrap}
.rows{table-layout:fixed}
.rows th:first-child{width:13%}.rows thead th:nth-child(3){width:118px}
.rows thead .n{width:58px;font-size:12px}
.rows .n{padding-right:0;padding-left:8px}
.rows thead th:not(:nth-child(2)){white-space:normal;overflow-wrap:normal}
.rows thead button::after{content:""}
.reached{table-layout:fixed}
.reached thead th{white-space:normal}
.reached th:first-child{width:18%}.reached thead th:nth-child(2){width:160px}.reached thead th:nth-child(4){width:15%}.reached thead th:nth-child(5){width:16%}
td small,th small{display:block;font-weight:400}
td strong{font-weight:550}
.tight th,.tight td{padding-top:5px;padding-bottom:5px}
.none{color:var(--soft)}
thead button{all:unset;cursor:pointer;color:inherit}
thead button::after{content:" ↕";content:" ↕"/"";color:var(--quiet)}
thead button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
[aria-sort=ascending] button::after{content:" ↑";content:" ↑"/"";color:var(--accent)}
[aria-sort=descending] button::after{content:" ↓";content:" ↓"/"";color:var(--accent)}
.m,.v,.c{display:inline-block;font-size:13px;font-weight:550;white-space:nowrap;border-radius:4px;padding:0 7px;line-height:1.6;background:var(--faint);color:var(--ink)}
.m-fail{background:var(--bad-bg);color:var(--bad)}.m-unknown{background:var(--dark-bg);color:var(--dark)}.m-pass{background:var(--good-bg);color:var(--good)}
.m-notApplicable,.m-exempted{color:var(--soft)}
.m::before{display:inline-block;min-width:1.15em}
.m-fail::before{content:"✕";content:"✕"/""}
.m-unknown::before{content:"?";content:"?"/"";font-weight:700}
.m-pass::before{content:"✓";content:"✓"/""}
.m-manual::before{content:"☐";content:"☐"/""}
.m-notApplicable::before{content:"–";content:"–"/""}
.m-exempted::before{content:"⊘";content:"⊘"/""}
.v-critical.v{background:var(--bad);color:var(--card)}.v-high.v{background:var(--bad-bg);color:var(--bad)}
.c::before{content:"";display:inline-block;width:9px;height:9px;border-radius:2px;margin-right:6px;background:var(--quiet)}
.c-internet::before{background:var(--bad-bar)}.c-allAzure::before{background:var(--bad-2)}.c-selectedNetworks::before{background:var(--accent)}.c-perimeterRules::before{background:var(--accent-2)}.c-privateOnly::before{background:var(--accent-3)}
.c-internet,.c-allAzure{background:var(--bad-bg);color:var(--bad)}
.c-unknown{background:var(--dark-bg);color:var(--dark)}
.c-unknown::before{content:"?";width:auto;height:auto;background:none;margin-right:4px;font-weight:700}
.pair+.tools{margin-top:30px}
.tools{position:sticky;top:0;z-index:3;display:flex;flex-wrap:wrap;gap:10px 14px;align-items:end;background:var(--page);padding:12px 0;border-bottom:1px solid var(--line);margin-bottom:8px}
.tools label{display:grid;gap:2px;font-size:13px;color:var(--soft);flex:1 1 118px;min-width:0}
.tools .search{flex:2 1 170px}
input,select,.tools button,.copy{font:inherit;font-size:14px;height:34px;color:var(--ink);background:var(--card);border:1px solid var(--soft);border-radius:5px;padding:5px 9px;min-width:0;width:100%}
.tools button,.copy{width:auto;cursor:pointer}
.tools button:hover,.copy:hover{border-color:var(--accent);color:var(--accent)}
.tools p{flex:1 1 60%;font-size:13px;color:var(--soft);align-self:center}
.tools p~button{height:28px;font-size:13px;padding:2px 9px}
details>summary{cursor:pointer}
.list,.kind>div{border:1px solid var(--line);border-radius:6px;background:var(--card);overflow:clip}
.control+.control,.resource+.resource{border-top:1px solid var(--line)}
.resource{content-visibility:auto;contain-intrinsic-size:auto 62px}
.control>summary,.resource>summary{display:grid;gap:4px 16px;align-items:center;padding:10px 16px;list-style:none}
.control>summary:focus-visible,.resource>summary:focus-visible{outline-offset:-2px}
summary::-webkit-details-marker{display:none}
.control>summary{grid-template-columns:24px minmax(0,1fr) minmax(0,230px) 12px}
.marked>.control>summary{grid-template-columns:70px minmax(0,1fr) minmax(0,230px) 12px}
.rank{color:var(--soft)}
.resource>summary{grid-template-columns:minmax(0,1fr) 152px 104px minmax(0,250px) 12px}
.control>summary::after,.resource>summary::after{content:"";width:8px;height:8px;border:solid var(--soft);border-width:0 1.5px 1.5px 0;transform:rotate(45deg);justify-self:end}
details[open].control>summary::after,details[open].resource>summary::after{transform:rotate(-135deg)}
.control>summary:hover,.resource>summary:hover{background:var(--faint)}
.what{min-width:0;overflow-wrap:anywhere}
.what strong{display:block;font-weight:570;line-height:1.4}
.what small{display:block}
.what code{color:var(--soft)}
#fixes .what strong::before{content:"✕ ";content:"✕ "/"";color:var(--bad)}
.blast{font-size:14px;line-height:1.45}
.score{text-align:right}
.counts{display:flex;flex-wrap:wrap;gap:4px}
.inside{padding:6px 16px 18px;border-top:1px solid var(--line);scroll-margin-top:76px}
.resource .inside,.findings tr{scroll-margin-top:170px}
dl.inside{display:grid;grid-template-columns:150px minmax(0,1fr);gap:14px 20px;padding-top:16px}
dl.inside>dt{color:var(--soft);font-size:14px}
dl.inside>dd{max-width:86ch;overflow-wrap:anywhere}
dl.inside p+p{margin-top:6px}
dl.inside ol{padding-left:20px}
dl.inside li{white-space:pre-line}
.group{color:var(--soft)}.group::after{content:":"}
.severity{margin:26px 0 4px}
.severity span{font-weight:400;color:var(--soft)}
.severities{margin-top:22px;border-top:1px solid var(--line)}
.severities>summary{padding:10px 0;list-style:none}
.severities>summary .severity{display:inline;margin:0}
.severities>summary::before{content:"▸ ";content:"▸ "/"";color:var(--soft)}
.severities[open]>summary::before{content:"▾ ";content:"▾ "/""}
.code{margin-top:10px;border:1px solid var(--line);border-radius:5px;overflow:hidden}
.code figcaption{display:flex;justify-content:space-between;align-items:center;min-height:34px;padding:3px 6px 3px 12px;font-size:13px;color:var(--soft);background:var(--faint)}
.code pre{margin:0;padding:10px 12px;background:var(--code);white-space:pre-wrap}
.copy{font-size:13px;height:26px;padding:1px 9px}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(210px,1fr));gap:12px 24px;padding:12px 0 4px;font-size:14px}
.facts dt{color:var(--soft);font-size:13px}
.facts dd{overflow-wrap:anywhere}
.facts dd small{display:inline}
.facts div:last-child,.facts div:first-child:not(:only-child){grid-column:1/-1}
.findings{margin-top:18px;table-layout:fixed;font-size:14px}
.findings caption{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden}
.findings thead th:first-child{width:80px}.findings thead th:last-child{width:88px}
.findings td{padding-top:6px;padding-bottom:6px}
.findings td:last-child{color:var(--soft);font-size:13px}
.findings a:first-child,.findings td>b:first-child{font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;display:block}
.findings td>code,.findings pre{color:var(--soft);font-size:12px}
.findings td>code{display:block}
.findings pre{margin:4px 0;white-space:pre-wrap}
.findings tbody th{padding:16px 0 6px;font-size:13px;color:var(--soft)}
.findings tbody.notApplicable td{color:var(--soft)}
tr:target>td{background:var(--dark-bg)}
.more>summary{color:var(--accent);display:inline-block;text-decoration:underline;text-decoration-thickness:1px;text-underline-offset:2px;font-size:14px;list-style:none}
.findings .more>summary{font-size:13px}
.more{display:inline}
.findings .more{display:block}
.silent{margin-top:18px}
.requests{display:block;margin-top:12px}
.requests ol{font:12px/1.6 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;color:var(--soft);padding-left:32px;margin-top:6px;overflow-wrap:anywhere}
.kind>h3 small{font-weight:400;margin-left:4px}
.gap>h3{margin-bottom:8px}
.gap>p{max-width:86ch}
.gaps{table-layout:fixed}
.gaps th:first-child{width:38%;font-weight:400}
.gaps .n{width:88px}
.gaps thead .n{white-space:normal}
.gaps p+p,.gaps details p{margin-top:6px}
.behind{color:var(--soft);font-size:.93em}.behind::before{content:"→ "}
.stands,.legend{color:var(--soft);font-size:14px;margin-top:8px}
.legend{margin:0 0 8px}
footer{grid-column:2;margin-top:56px;padding-top:16px;border-top:1px solid var(--line);color:var(--soft);font-size:13px}
@media screen and (max-width:1080px){body{display:block;padding:0 24px 48px}nav{position:static;margin-bottom:20px}nav ol{display:flex;flex-wrap:wrap;gap:0 20px}.glance{grid-template-columns:repeat(2,minmax(0,1fr))}.pair{grid-template-columns:minmax(0,1fr);gap:26px}}
@media screen and (max-width:720px){
body{padding:0 16px 40px}
.top{padding:22px 0 16px;margin-bottom:16px}
h1{font-size:23px}
nav ol{display:grid;grid-template-columns:1fr 1fr;gap:0 14px}
nav a{padding:4px 0}
.glance{grid-template-columns:minmax(0,1fr);gap:12px}
.banner{display:block}
.stack,.stack tbody,.stack tr,.stack th,.stack td,.stack caption,.findings,.findings tbody,.findings tr,.findings td{display:block}
.stack thead,.findings thead{position:absolute;clip-path:inset(50%);width:1px;height:1px;overflow:hidden;left:0}.stack thead tr,.findings thead tr,.findings thead th{display:block;width:1px}
.stack tr{padding:10px 0}
.stack tbody th,.stack tbody td{padding:2px 0;width:auto!important}
.stack td:empty{display:none}
.stack td[data-l]{display:grid;grid-template-columns:116px minmax(0,1fr);gap:0 10px}
.stack td[data-l]::before{content:attr(data-l);color:var(--soft);font-size:13px}
.stack td[data-l]>*{grid-column:2;justify-self:start}
.stack td[data-l]::before{grid-row:1/span 9}
.stack br{display:none}
.rows td.n{display:inline-block!important;margin-right:14px;padding-left:0}
.rows td.n::before{content:attr(data-l) " "!important}
.gaps td[data-l]:last-child{display:block}
.gaps td[data-l]:last-child::before{display:block}
.n{text-align:left}
.findings tr{padding:8px 0}
.findings td,.findings td:last-child{padding:1px 0}
.findings th{display:block;padding:10px 0 2px}
.findings td:last-child:not(:empty)::before{content:"Evidence "}
.tools{position:static}
.tools label{flex:1 1 130px}
.control>summary,.marked>.control>summary{grid-template-columns:auto minmax(0,1fr) 12px;gap:2px 10px;padding:12px}
.control>summary>*{align-self:start}
.control>summary .what{grid-column:2}
.control>summary .blast{grid-column:2}
.control>summary::after{grid-column:3;grid-row:1}
.resource>summary{display:flex;flex-wrap:wrap;gap:4px 12px;position:relative;padding:12px 36px 12px 12px}
.resource>summary .what{flex:1 0 100%}
.resource>summary::after{position:absolute;right:14px;top:20px}
.score{text-align:left}
.resource>summary>span:empty{display:none}
.inside{padding:6px 12px 14px}
dl.inside{grid-template-columns:minmax(0,1fr);gap:2px}
dl.inside>dd{margin-bottom:12px}
}
@media print{
:root{--page:#fff;--card:#fff;--ink:#000;--soft:#444;--line:#ccc;--faint:#f3f3f3;--accent:#0b4a78;--bad:#9c1c13;--bad-bg:#fff;--dark:#6b4600;--dark-bg:#fff;--good:#17653a;--good-bg:#fff;--code:#fff;--shadow:none}
body{display:block;max-width:none;padding:0;font-size:9.5pt}
table,.card,.blast,.chart text,.lead,dl.inside>dt,.facts{font-size:9pt}
small,code,pre,.m,.v,.c,thead th{font-size:8pt}
nav,.tools,.skip,.copy,summary::after{display:none!important}
.top{padding-top:0}
.card .big{font-size:22pt}.card .big a{font-size:11pt}
.card .go,p:has(>a[href="#unread"]){display:none}
.pair{gap:24px}
section{margin-top:20pt}
h2,h3,caption,.lead,.equation,summary{break-after:avoid}
.reached{table-layout:auto}
thead button::after{content:none!important}
tr,.card,.banner,.code,.chart,summary{break-inside:avoid}
.resource{content-visibility:visible}
.control>summary,.resource>summary{padding:5px 10px}
.m,.v,.c{border:1px solid;background:none}
.v-critical.v{background:none;color:var(--bad)}
a{color:inherit;text-decoration:none}
*{print-color-adjust:exact}
}
@media screen{.on-paper{display:none}}
@media(forced-colors:active){.chart rect{forced-color-adjust:none}.m,.v,.c{border:1px solid}}
`;
