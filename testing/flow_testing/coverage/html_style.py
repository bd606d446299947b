"""The style sheet of the pages."""

STYLE = """
:root { color-scheme: light dark; --all: #dff2e3; --some: #fff0cc; --none: #fde0dd;
  --ink: #1b2533; --soft: #5a6779; --paper: #fff; --rule: #d5dbe3; --link: #1a5fb4; }
@media (prefers-color-scheme: dark) { :root { --all: #17361f; --some: #40330f; --none: #45191a;
  --ink: #e8edf3; --soft: #a3afbd; --paper: #161b22; --rule: #333d4b; --link: #86aaff; } }
body { font: 15px/1.5 system-ui, sans-serif; margin: 1.5rem auto; padding: 0 1rem;
  max-width: 80rem; color: var(--ink); background: var(--paper); }
a { color: var(--link); }
h1 { font-size: 1.5rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; }
.sums th, .sums td { padding: .3rem .9rem; border-bottom: 1px solid var(--rule);
  text-align: right; font-variant-numeric: tabular-nums; }
.sums th:first-child { text-align: left; font-weight: inherit; }
.sums thead th { font-weight: 600; }
.graph { overflow: auto; border: 1px solid var(--rule); border-radius: 6px; background: #fff;
  max-height: 80vh; padding: .5rem; }
.graph svg { display: block; margin: auto; }
.source { width: 100%; font-size: 13px; }
.source td { padding: 0 .6rem; vertical-align: top; }
.source td:nth-child(-n + 2) { color: var(--soft); text-align: right; white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.source pre { margin: 0; font: 13px/1.5 ui-monospace, monospace; white-space: pre-wrap; }
.source ul { margin: 0; padding: 0; list-style: none; }
.all { background: var(--all); } .some { background: var(--some); }
.none { background: var(--none); }
.key span { padding: .1rem .5rem; border-radius: 3px; }
tr:target { outline: 2px solid var(--link); }
"""
