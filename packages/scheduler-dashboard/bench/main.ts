import { chromium } from 'playwright-core'

import { findChromium } from '../test/browser/harness/find-chromium.ts'
import { measurePage, type PageFigures } from './measure-page.ts'
import { openBigHost } from './open-big-host.ts'

// What the long lists cost in a real browser: `pnpm bench:pages [jobs] [runs]`. Each figure is the median of five visits.

const VISITS = 5
const ROW = '[data-row], .audit-row'
const PAGES = [
  { name: 'jobs', path: '/system', list: '.vtable-body' },
  { name: 'runs', path: '/system/runs', list: '.vtable-body' },
  { name: 'audit', path: '/system/audit?range=sixHours', list: '.audit-body' },
]

const [jobs = 10_000, runs = 100_000] = process.argv.slice(2).map(Number)
const executablePath = findChromium(process.env)
if (executablePath === null) throw new Error('No Chromium on this machine: CHROMIUM_PATH names one.')
const host = await openBigHost({ jobs, runs })
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] })
try {
  const rows: Record<string, Record<string, number>> = {}
  for (const { name, path, list } of PAGES) {
    const visits: PageFigures[] = []
    for (let visit = 0; visit < VISITS; visit++) {
      visits.push(await measurePage(browser, { url: `${host.url}${path}`, row: ROW, list }))
    }
    rows[name] = medians(visits)
  }
  console.info(`${jobs} jobs and ${runs} runs in memory; medians of ${VISITS} visits.`)
  console.table(rows)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  await browser.close()
  host.close()
}
// The scheduler's clock stands still: nothing more is to be waited for.
process.exit()

function medians(visits: readonly PageFigures[]): Record<string, number> {
  const [first] = visits
  if (!first) return {}
  const names = Object.keys(first) as (keyof PageFigures)[]
  return Object.fromEntries(
    names.map((name) => {
      const values = visits.map((visit) => visit[name]).sort((one, other) => one - other)
      return [name, Math.round((values[Math.floor(values.length / 2)] ?? 0) * 10) / 10]
    }),
  )
}
