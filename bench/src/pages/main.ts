/**
 * What the pages cost a browser with 10 and with 10,000 jobs and feeds: first paint, data shown, long tasks, bytes, and
 * the frames while it scrolls. Medians of five looks with an empty cache. Run it with `pnpm bench:pages`; `--looks 1`
 * makes it shorter. It needs the pages built and a Chromium, by default `/usr/bin/chromium`, else that of CHROMIUM_PATH.
 */
import { parseArgs } from 'node:util'
import { chromium } from 'playwright-core'

import { median } from '../report/measure.ts'
import { figure, printTable } from '../report/table.ts'
import { type Look, lookAt } from './look.ts'
import { nameOf, openPagesServer } from './server.ts'

const { values } = parseArgs({ options: { looks: { type: 'string', default: '5' } } })
const PAGES = [
  ['operations', '', '.live [data-state="ok"]'],
  ['market data', '/market-data', '.vtable-body [data-index]'],
  ['jobs', '/system', '.vtable-body [data-index]'],
] as const

const browser = await chromium.launch({
  executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})
try {
  for (const size of [10, 10_000]) {
    const server = await openPagesServer({ jobs: size, feeds: size })
    for (let at = 0; at < 10; at++) await server.scheduler.runJob(nameOf('recalculate-', at))
    await server.scheduler.whenIdle()
    const rows = []
    for (const [name, path, shown] of PAGES) {
      const looks: Look[] = []
      for (let look = 0; look < Number(values.looks); look++)
        looks.push(await lookAt(browser, { url: `${server.url}${path}`, shown }))
      rows.push({ page: name, ...medians(looks) })
    }
    printTable(`${figure(size)} jobs and feeds; ms, medians of ${values.looks}`, rows)
    await server.close()
  }
} finally {
  await browser.close()
}

function medians(looks: readonly Look[]): Record<string, string> {
  const names = Object.keys(looks[0] ?? {}) as (keyof Look)[]
  return Object.fromEntries(names.map((name) => [name, figure(median(looks.map((look) => look[name])))]))
}
