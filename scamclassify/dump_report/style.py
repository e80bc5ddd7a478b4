"""The style sheet of the page: phone first, light and dark, print."""

#: Scripts of the thirteen languages where the reader's machine has fonts for them.
STYLE = """
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--line:#d5dae0;--page:#fff;
 --card:#f6f8fa;--scam:#b54708;--warn:#fff3e0;--warnline:#d97706;--bar:#0072B2}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ec;--soft:#a3abb5;--line:#3a414a;--page:#14171a;
 --card:#1d2126;--scam:#ff9d5c;--warn:#3a2a12;--warnline:#d97706;--bar:#56B4E9}}
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:72rem;padding:1rem;color:var(--ink);background:var(--page);
 font:16px/1.5 system-ui,"Noto Sans","Noto Sans Thai","Noto Sans Myanmar","Noto Sans Khmer",
 "Noto Sans Lao","Noto Sans Tamil","Noto Sans SC","Noto Sans CJK SC",sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:.3rem 0}
h2{font-size:1.2rem;margin:2.2rem 0 .6rem;padding-top:.4rem;border-top:1px solid var(--line)}
h3{font-size:1rem;margin:0 0 .2rem}
p{margin:.4rem 0}.soft,figcaption,small{color:var(--soft)}
.soft,figcaption{font-size:.875rem}
a{color:inherit}
nav{display:flex;flex-wrap:wrap;gap:.2rem .9rem;margin:.8rem 0;font-size:.9rem}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.6rem;
 margin:1rem 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:8px;padding:.6rem .8rem}
.tile b{display:block;font-size:1.45rem;line-height:1.2;font-variant-numeric:tabular-nums}
.tile span{font-size:.85rem;color:var(--soft)}.tile.scam b{color:var(--scam)}
.warn{background:var(--warn);border-left:4px solid var(--warnline);border-radius:4px;
 padding:.6rem .9rem;margin:1rem 0}.warn ul{margin:.2rem 0;padding-left:1.2rem}
.pair{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));gap:1rem;
 align-items:start}
figure{margin:0;border:1px solid var(--line);border-radius:8px;padding:.6rem;max-width:34rem}
figure svg{display:block;width:100%;height:auto}
.wide{overflow-x:auto;border:1px solid var(--line);border-radius:8px}
table{border-collapse:collapse;width:100%;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.35rem .6rem;text-align:right;border-bottom:1px solid var(--line);vertical-align:top}
th:first-child,td:first-child,.text{text-align:left}
td{white-space:nowrap}td.text{overflow-wrap:anywhere;white-space:normal;min-width:6.5rem}
.nb{white-space:nowrap}.wide+h3{margin-top:1rem}
thead th{background:var(--card);font-weight:600}tbody tr:last-child>*{border-bottom:0}
small[lang]{font-family:names,system-ui,sans-serif;font-size:.85em;line-height:1.7}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1rem}
article{border:1px solid var(--line);border-radius:8px;padding:.8rem;min-width:0}
blockquote{margin:.5rem 0;padding:.5rem .7rem;background:var(--card);border-radius:6px;
 overflow-wrap:anywhere;unicode-bidi:isolate;line-height:1.6}
.badge{display:inline-block;border:1px solid currentColor;border-radius:99px;padding:0 .5rem;
 font-size:.75rem;font-weight:600;vertical-align:middle;white-space:nowrap}
.new,.growing{color:var(--scam)}.dying,.gone,.steady{color:var(--soft)}
.spark{width:100%;height:1.5rem;fill:var(--bar);display:block;margin:.3rem 0}
article ul{margin:.3rem 0;padding-left:1.1rem;font-size:.875rem}
li{overflow-wrap:anywhere;margin:.1rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.5rem 0;font-size:.9rem}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
code{font-size:.85em;overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--bar);outline-offset:2px}
@media(max-width:36rem){dl{grid-template-columns:1fr;gap:0}dt{margin-top:.4rem;font-size:.85rem}
 th,td{padding:.3rem .4rem}.more{display:none}}
@media print{@page{margin:14mm}
 :root{--ink:#000;--soft:#444;--line:#bbb;--page:#fff;--card:#f4f4f4;--scam:#8a3400;--warn:#fff;
 --bar:#0072B2;color-scheme:light}
 body{max-width:none;padding:0;font-size:10pt}nav{display:none}.wide{overflow:visible}
 article,figure,.tile,tr,blockquote{break-inside:avoid}h2,h3{break-after:avoid}
 .tiles{grid-template-columns:repeat(5,1fr)}.more{display:none}
 .pair,.cards{grid-template-columns:1fr 1fr}
 th,td{padding:.15rem .4rem}
 .tile b{font-size:1.2rem}}
"""
