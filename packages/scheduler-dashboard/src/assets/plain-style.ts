/**
 * The style of the pages that need no script: refusals and errors. Its colours have the names that a host's theme sets.
 */
export const PLAIN_STYLE = `:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #0f1216);
  --panel: light-dark(#ffffff, #171b21);
  --hover: light-dark(#eef1f5, #20262f);
  --line: light-dark(#dfe3e9, #2b323c);
  --text: light-dark(#14181f, #e8ebf0);
  --muted: light-dark(#515a68, #a3adbb);
  --control: light-dark(#767e8c, #7d8796);
  --accent: light-dark(#1f5fc4, #7fb0ff);
}
:root[data-theme='dark'] {
  color-scheme: dark;
}
:root[data-theme='light'] {
  color-scheme: light;
}
.plain {
  background: var(--page);
  color: var(--text);
  font: 1rem / 1.5 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
  margin: 0;
  min-height: 100vh;
  display: grid;
  place-content: center;
  padding: 24px 16px;
  box-sizing: border-box;
}
.plain main {
  background: var(--panel);
  border: 1px solid var(--line);
  border-radius: 4px;
  box-sizing: border-box;
  max-width: 34rem;
  padding: 32px;
}
.plain .where {
  color: var(--muted);
  font-size: 0.8125rem;
  margin: 0 0 8px;
}
.plain h1 {
  font-size: 1.25rem;
  line-height: 1.3;
  margin: 0 0 12px;
}
.plain p {
  margin: 0 0 16px;
  overflow-wrap: anywhere;
}
.plain main > :last-child {
  margin-bottom: 0;
}
.plain code {
  font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
  font-size: 0.875rem;
}
.plain ul {
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  list-style: none;
  margin: 24px 0 0;
  padding: 0;
}
.plain li a {
  align-items: center;
  border: 1px solid var(--control);
  border-radius: 4px;
  color: var(--accent);
  display: inline-flex;
  min-height: 40px;
  padding: 0 16px;
  text-decoration: none;
}
.plain li a:hover {
  background: var(--hover);
}
:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}
@media (pointer: coarse) {
  .plain li a {
    min-height: 44px;
  }
}
`

/** A disc in a ring. It reads on light and dark tabs; pages replace it with one that shows the state. */
export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="13" fill="none" stroke="#5c8fe0" stroke-width="4"/><path d="M16 9v7l5 4" fill="none" stroke="#5c8fe0" stroke-width="3" stroke-linecap="round"/></svg>
`
