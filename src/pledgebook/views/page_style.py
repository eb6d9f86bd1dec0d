"""The style sheet of the HTML page: light and dark, wide and narrow, screen and paper."""

STYLE = """
:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --soft: #57606a; --line: #d0d7de; --mark: #fff1b8; --mark2: #ffe08a; --mark3: #ffce4d; --link: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6edf3; --paper: #0d1117; --soft: #9da7b1; --line: #30363d; --mark: #4a3c00; --mark2: #665200; --mark3: #806600; --link: #79b8ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1rem; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; }
a { color: var(--link); }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 1rem 0 0; overflow-wrap: anywhere; }
.notice, .source { color: var(--soft); margin: 0.2rem 0 1rem; }
.problems { border-inline-start: 4px solid #cf222e; padding-inline-start: 1.5rem; overflow-wrap: anywhere; }
.sides { display: grid; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); gap: 2rem; align-items: start; }
.text { white-space: pre-wrap; overflow-wrap: anywhere; unicode-bidi: plaintext; }
mark { background: var(--mark); color: inherit; }
mark.depth2 { background: var(--mark2); }
mark.depth3 { background: var(--mark3); }
.said { text-decoration: underline dotted var(--soft); text-underline-offset: 0.25em; }
.number { display: inline-block; min-width: 1.4em; padding: 0 0.3em; border-radius: 0.7em; background: var(--link); color: var(--paper); font-size: 0.75em; text-align: center; text-decoration: none; unicode-bidi: isolate; }
.note { text-decoration: none; unicode-bidi: isolate; }
.record { border: 1px solid var(--line); border-radius: 0.5rem; padding: 0.75rem; margin-bottom: 1rem; overflow-wrap: anywhere; }
.record:target, .number:target { outline: 3px solid var(--link); }
.record.intention { border-style: dashed; }
.record.aspiration { border-style: dotted; }
.record h2 { font-size: 1rem; margin: 0; }
blockquote { margin: 0.5rem 0; padding-inline-start: 0.75rem; border-inline-start: 3px solid var(--mark3); color: var(--soft); }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.1rem 0.75rem; margin: 0.5rem 0; }
dt { color: var(--soft); }
dd { margin: 0; }
details, .speakers { font-size: 0.875rem; color: var(--soft); }
.speakers h2 { font-size: 1rem; }
article + article { border-top: 2px solid var(--line); margin-top: 2rem; }
@media (max-width: 50rem) { .sides { grid-template-columns: minmax(0, 1fr); } }
@media print {
  body { max-width: none; padding: 0; font-size: 10pt; }
  mark { text-decoration: underline; }
  .record { break-inside: avoid; }
  details:not([open]) { display: none; }
}
"""
