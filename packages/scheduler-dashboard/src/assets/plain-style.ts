/**
 * The style of the pages that need no script: refusals and errors. Its colours have the names that a host's theme sets.
 */
export const PLAIN_STYLE = `:root {
  color-scheme: light dark;
  --background: #f6f7f9;
  --surface: #ffffff;
  --text: #14181f;
  --muted: #515a68;
  --border: #767e8c;
  --accent: #1f5fc4;
  --late: #8a5300;
  --failed: #b3261e;
}
@media (prefers-color-scheme: dark) {
  :root:not([data-theme='light']) {
    --background: #0f1216;
    --surface: #171b21;
    --text: #e8ebf0;
    --muted: #a3adbb;
    --border: #7d8796;
    --accent: #7fb0ff;
    --late: #f0b35a;
    --failed: #ff8f85;
  }
}
:root[data-theme='dark'] {
  color-scheme: dark;
  --background: #0f1216;
  --surface: #171b21;
  --text: #e8ebf0;
  --muted: #a3adbb;
  --border: #7d8796;
  --accent: #7fb0ff;
  --late: #f0b35a;
  --failed: #ff8f85;
}
:root[data-theme='light'] {
  color-scheme: light;
}
.plain {
  background: var(--background);
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
  background: var(--surface);
  border: 1px solid color-mix(in srgb, var(--border) 40%, transparent);
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
  border: 1px solid var(--border);
  border-radius: 4px;
  color: var(--accent);
  display: inline-flex;
  min-height: 40px;
  padding: 0 16px;
  text-decoration: none;
}
.plain li a:hover {
  background: color-mix(in srgb, var(--accent) 8%, transparent);
}
:focus-visible {
  outline: 2px solid var(--accent);
  outline-offset: 2px;
}
noscript {
  display: block;
  font: 1rem / 1.5 system-ui, sans-serif;
  padding: 24px;
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
