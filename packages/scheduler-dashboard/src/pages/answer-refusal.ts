import { type PlainRequest, type PlainResponse, toProblem } from '@pm/scheduler-core/http'

import type { OwnFiles } from '../assets/own-files.ts'
import { PAGE_HEADERS } from '../html/headers.ts'
import { html } from '../html/html.ts'
import { readsPages } from '../html/reads-pages.ts'
import type { HostLink } from '../page-config.ts'
import type { Refusal } from './refusal.ts'

export interface RefusalAnswer {
  readonly request: PlainRequest
  readonly refusal: Refusal
  readonly base: string
  readonly title: string
  readonly files: OwnFiles
  /** Where the reader can go from here. */
  readonly links: readonly HostLink[]
}

/** A page for readers of pages, a problem for all others. */
export function answerRefusal(answer: RefusalAnswer): PlainResponse {
  const problem = toProblem(answer.refusal.error)
  if (!readsPages(answer.request)) return problem
  const { 'content-type': _, 'content-length': __, 'cache-control': ___, ...headers } = problem.headers
  const body = Buffer.from(pageOf(answer))
  return {
    status: problem.status,
    headers: { ...headers, ...PAGE_HEADERS, 'content-length': String(body.byteLength) },
    body,
  }
}

function pageOf({ refusal, base, title, files, links }: RefusalAnswer): string {
  return html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <base href="${base}">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <title>${refusal.title} · ${title}</title>
    <link rel="icon" href="${files.icon}" type="image/svg+xml">
    <script src="${files.appearanceScript}"></script>
    <link rel="stylesheet" href="${files.plainStyle}">
    ${files.themeStyle === null ? null : html`<link rel="stylesheet" href="${files.themeStyle}">`}
  </head>
  <body class="plain">
    <main>
      <p class="where">${title}</p>
      <h1>${refusal.title}</h1>
      <p>${refusal.text}</p>
      ${refusal.command === undefined ? null : html`<p><code>${refusal.command}</code></p>`}
      ${links.length === 0 ? null : html`<ul>${links.map(({ label, href }) => html`<li><a href="${href}">${label}</a></li>`)}</ul>`}
    </main>
  </body>
</html>
`.markup
}
