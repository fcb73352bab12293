import type { Assets } from '../assets.ts'
import { type Html, html } from './html.ts'

/** A whole page around its body. Its addresses are relative, so that they hold behind a proxy that strips a prefix. */
export function layout({ title, assets, script, body }: LayoutOptions): string {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${title}</title>
    <link rel="icon" href=".${assets.path('icon.svg')}" type="image/svg+xml">
    <link rel="stylesheet" href=".${assets.path('app.css')}">
    ${script ? html`<script type="module" src=".${assets.path('app.js')}"></script>` : null}
  </head>
  <body>
    ${body}
  </body>
</html>
`.markup
}

export interface LayoutOptions {
  readonly title: string
  readonly assets: Assets
  /** Whether the page runs the script. */
  readonly script: boolean
  readonly body: Html
}
