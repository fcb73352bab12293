import type { Page } from 'playwright-core'

/** Scrolls a virtual table to its end, page after page. */
export interface Scrolled {
  /** The most rows that were in the document at once. */
  readonly most: number
  /** The row that was last in the document at the end, from 0. */
  readonly last: number
}

/** Scrolls until `wanted` rows have gone by, and counts those in the document all the while. */
export function scrollThrough(page: Page, wanted: number): Promise<Scrolled> {
  return page.evaluate<Scrolled, number>(async (until) => {
    const body = document.querySelector('.vtable-body')
    if (!body) throw new Error('There is no virtual table.')
    const count = () => body.querySelectorAll('[data-index]').length
    const lastIndex = () =>
      Math.max(...[...body.querySelectorAll('[data-index]')].map((row) => Number(row.getAttribute('data-index'))))
    let most = count()
    const observer = new MutationObserver(() => {
      most = Math.max(most, count())
    })
    observer.observe(body, { childList: true, subtree: true })
    const giveUpAt = performance.now() + 15_000
    while (lastIndex() < until - 1 && performance.now() < giveUpAt) {
      body.scrollTop = body.scrollHeight
      await new Promise(requestAnimationFrame)
    }
    observer.disconnect()
    return { most, last: lastIndex() }
  }, wanted)
}

/** How often the document was changed in each frame, from here until `stop`. */
export interface RenderCount {
  stop(): Promise<{ readonly frames: number; readonly renders: number; readonly mostInOneFrame: number }>
}

interface Counting {
  counted?: { frames: number; renders: number; mostInOneFrame: number; isOver: boolean }
}

/**
 * Changes of the document come to an observer in one piece for each task that made some, which is one render. An element
 * that came and went within the task is none: a chart reads a colour that way.
 */
export async function countRenders(page: Page): Promise<RenderCount> {
  await page.evaluate(() => {
    const counted = { frames: 0, renders: 0, mostInOneFrame: 0, isOver: false }
    Object.assign(window, { counted } satisfies Counting)
    let inFrame = 0
    new MutationObserver((records) => {
      const passing = new Set(records.flatMap(({ addedNodes }) => [...addedNodes].filter((node) => !node.isConnected)))
      const lasts = (node: Node) => !passing.has(node)
      const isRender = ({ type, addedNodes, removedNodes }: MutationRecord) =>
        type === 'characterData' || [...addedNodes, ...removedNodes].some(lasts)
      if (!records.some(isRender)) return
      counted.renders++
      inFrame++
    }).observe(document.body, { childList: true, characterData: true, subtree: true })
    function onFrame(): void {
      counted.frames++
      counted.mostInOneFrame = Math.max(counted.mostInOneFrame, inFrame)
      inFrame = 0
      if (!counted.isOver) requestAnimationFrame(onFrame)
    }
    requestAnimationFrame(onFrame)
  })
  return {
    async stop() {
      const counted = await page.evaluate(() => {
        const { counted: all } = window as unknown as Required<Counting>
        all.isOver = true
        return all
      })
      return { frames: counted.frames, renders: counted.renders, mostInOneFrame: counted.mostInOneFrame }
    },
  }
}
