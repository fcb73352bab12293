import type { Browser, Page } from 'playwright-core'

/** What one look at a page took, in milliseconds unless its name says otherwise. */
export interface Look {
  readonly 'first paint': number
  readonly 'data shown': number
  readonly 'long tasks': number
  readonly 'longest task': number
  readonly KB: number
  readonly 'frame p50': number
  readonly 'frame p95': number
}

export interface Looking {
  readonly url: string
  /** A selector of what is there once the data are shown. */
  readonly shown: string
}

/** Long tasks are those of over 50 ms, and are counted by their sum. */
const WATCH = `
  globalThis.longTasks = []
  new PerformanceObserver((list) => { for (const { duration } of list.getEntries()) longTasks.push(duration) })
    .observe({ type: 'longtask', buffered: true })`

/** Scrolls what scrolls for two seconds, and tells how far its frames were apart. */
const SCROLL = `new Promise((resolve) => {
  const area = document.querySelector('.vtable-body') ?? document.scrollingElement
  const gaps = []
  let last = performance.now()
  const end = last + 2000
  function frame(now) {
    gaps.push(now - last)
    last = now
    area.scrollTop += 120
    if (now < end) requestAnimationFrame(frame)
    else resolve(gaps.slice(1).sort((a, b) => a - b))
  }
  requestAnimationFrame(frame)
})`

const TIMES = `({
  paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN,
  bytes: [...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')]
    .reduce((sum, { transferSize }) => sum + transferSize, 0),
  now: performance.now(),
})`

/** Opens a page with an empty cache, waits for its data, and scrolls. */
export async function lookAt(browser: Browser, { url, shown }: Looking): Promise<Look> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  try {
    const page = await context.newPage()
    await page.addInitScript(WATCH)
    await page.goto(url)
    await page.waitForSelector(shown)
    const { paint, bytes, now } = await page.evaluate<{ paint: number; bytes: number; now: number }>(TIMES)
    const gaps = await page.evaluate<number[]>(SCROLL)
    const tasks = await longTasksOf(page)
    return {
      'first paint': paint,
      'data shown': now,
      'long tasks': tasks.reduce((sum, one) => sum + one, 0),
      'longest task': Math.max(0, ...tasks),
      KB: bytes / 1_000,
      'frame p50': gaps[Math.floor(gaps.length / 2)] ?? Number.NaN,
      'frame p95': gaps[Math.floor(gaps.length * 0.95)] ?? Number.NaN,
    }
  } finally {
    await context.close()
  }
}

function longTasksOf(page: Page): Promise<number[]> {
  return page.evaluate<number[]>('longTasks')
}
