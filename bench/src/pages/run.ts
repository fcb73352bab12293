import { chromium } from 'playwright-core'

import ensureApp from '../../../packages/scheduler-dashboard/ensure-app.ts'
import { findChromium, REMEDY } from '../../../packages/scheduler-dashboard/test/browser/harness/find-chromium.ts'
import type { RunBench } from '../bench.ts'
import { median } from '../report/statistics.ts'
import type { Row, Table } from '../result.ts'
import type { pagesBench } from './bench.ts'
import { measurePage, type PageFigures } from './measure-page.ts'
import { openBigHost } from './open-big-host.ts'

const ROW = '[data-row], .audit-row'
const PAGES = [
  { page: 'jobs', path: '/system', list: '.vtable-body' },
  { page: 'runs', path: '/system/runs', list: '.vtable-body' },
  { page: 'audit', path: '/system/audit?range=sixHours', list: '.audit-body' },
]

export const run: RunBench<typeof pagesBench.options> = async ({ options, tell }) => {
  const executablePath = findChromium(process.env)
  if (executablePath === null) throw new Error(`There is no Chromium here. ${REMEDY}`)
  await ensureApp()
  const host = await openBigHost(options)
  const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
  const rows: Row[] = []
  for (const { page, path, list } of PAGES) {
    const visits: PageFigures[] = []
    for (let visit = 1; visit <= options.visits; visit++) {
      tell(`${page}, visit ${visit} of ${options.visits}`)
      visits.push(await measurePage(browser, { url: `${host.url}${path}`, row: ROW, list }))
    }
    rows.push({ page, ...mediansOf(visits) })
  }
  await browser.close()
  host.close()
  return { tables: [{ ...TABLE, rows }], versions: { chromium: browser.version() } }
}

function mediansOf(visits: readonly PageFigures[]): Row {
  const names = Object.keys(visits[0] ?? {}) as (keyof PageFigures)[]
  return Object.fromEntries(names.map((name) => [name, median(visits.map((visit) => visit[name]))]))
}

const TABLE: Omit<Table, 'rows'> = {
  name: 'pages',
  title: 'Pages in a browser',
  columns: [
    { key: 'page', title: 'page' },
    { key: 'firstPaintMs', title: 'first paint', unit: 'ms' },
    { key: 'firstRowMs', title: 'first row', unit: 'ms' },
    { key: 'longTasks', title: 'long tasks' },
    { key: 'longestTaskMs', title: 'longest', unit: 'ms' },
    { key: 'frameP50Ms', title: 'frame p50', unit: 'ms' },
    { key: 'frameP95Ms', title: 'p95', unit: 'ms' },
    { key: 'rows', title: 'rows' },
    { key: 'elements', title: 'elements' },
    { key: 'kilobytes', title: 'fetched', unit: 'kB' },
  ],
}
