import type { Browser } from 'playwright-core'

/** What one visit of a page costs. */
export interface PageFigures {
  readonly firstPaintMs: number
  /** Until the list shows its first row. */
  readonly firstRowMs: number
  readonly longTasks: number
  readonly longestTaskMs: number
  /** The time between two frames while the list scrolls, half of them and all but one in twenty below it. */
  readonly frameP50Ms: number
  readonly frameP95Ms: number
  readonly rows: number
  readonly elements: number
  readonly kilobytes: number
}

const STEPS = 60

/** Opens a page, waits for its first row, and scrolls its list. */
export async function measurePage(
  browser: Browser,
  { url, row, list }: { readonly url: string; readonly row: string; readonly list: string },
): Promise<PageFigures> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  const page = await context.newPage()
  let bytes = 0
  page.on('response', async (response) => {
    const isStream = response.headers()['content-type']?.includes('event-stream') ?? false
    if (!isStream) bytes += (await response.body().catch(() => Buffer.alloc(0))).length
  })
  await page.addInitScript(`globalThis.tasks = [];
    new PerformanceObserver((list) => globalThis.tasks.push(...list.getEntries().map(({ duration }) => duration)))
      .observe({ type: 'longtask', buffered: true })`)
  const since = performance.now()
  await page.goto(url)
  await page.locator(row).first().waitFor({ timeout: 120_000 })
  const firstRowMs = performance.now() - since
  const seen = await page.evaluate<Seen>(`(async () => {
    const place = document.querySelector(${JSON.stringify(list)})
    const frames = []
    let before = performance.now()
    for (let step = 0; step < ${STEPS}; step++) {
      place.scrollTop += 400
      await new Promise(requestAnimationFrame)
      frames.push(performance.now() - before)
      before = performance.now()
    }
    const paint = performance.getEntriesByName('first-contentful-paint')[0]
    return {
      frames,
      tasks: globalThis.tasks,
      paint: paint ? paint.startTime : 0,
      rows: document.querySelectorAll(${JSON.stringify(row)}).length,
      elements: document.querySelectorAll('*').length,
    }
  })()`)
  await context.close()
  const frames = seen.frames.toSorted((one, other) => one - other)
  return {
    firstPaintMs: seen.paint,
    firstRowMs,
    longTasks: seen.tasks.length,
    longestTaskMs: Math.max(0, ...seen.tasks),
    frameP50Ms: frames[Math.floor(STEPS * 0.5)] ?? 0,
    frameP95Ms: frames[Math.floor(STEPS * 0.95)] ?? 0,
    rows: seen.rows,
    elements: seen.elements,
    kilobytes: bytes / 1_000,
  }
}

interface Seen {
  readonly frames: readonly number[]
  readonly tasks: readonly number[]
  readonly paint: number
  readonly rows: number
  readonly elements: number
}
