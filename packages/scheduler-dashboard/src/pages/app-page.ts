import type { PlainResponse } from '@pm/scheduler-core/http'

import type { BuiltApp } from '../assets/built-app.ts'
import type { OwnFiles } from '../assets/own-files.ts'
import { PAGE_HEADERS } from '../html/headers.ts'
import { html, jsonInHtml } from '../html/html.ts'
import type { PageConfig } from '../page-config.ts'

export interface AppPage {
  readonly base: string
  readonly app: BuiltApp
  readonly files: OwnFiles
  readonly config: PageConfig
}

/** The page that the script fills. Everything in it is a file of the mount; its facts are in one block of JSON. */
export function appPage({ base, app, files, config }: AppPage): PlainResponse {
  const styles = [...app.styles, ...(files.themeStyle === null ? [] : [files.themeStyle])]
  const page = html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <base href="${base}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${config.title}</title>
    <link rel="icon" href="${files.icon}" type="image/svg+xml">
    <script src="${files.appearanceScript}"></script>
    ${styles.map((href) => html`<link rel="stylesheet" href="${href}">`)}
    ${app.preloads.map((href) => html`<link rel="modulepreload" href="${href}">`)}
    <script type="module" src="${app.script}"></script>
    <script type="application/json" id="page-config">${jsonInHtml(config)}</script>
  </head>
  <body>
    <div id="app"></div>
    <noscript>These pages are drawn by a script from this host. Allow scripts for it, then load the page again.</noscript>
  </body>
</html>
`
  const body = Buffer.from(page.markup)
  return { status: 200, headers: { ...PAGE_HEADERS, 'content-length': String(body.byteLength) }, body }
}
