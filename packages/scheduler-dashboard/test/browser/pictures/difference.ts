import type { Page } from 'playwright-core'

/**
 * The share of the pixels of two pictures that differ visibly, 0 to 1. Where they differ in size it is 1. The browser decodes
 * them.
 */
export async function differenceOf(page: Page, one: Buffer, other: Buffer): Promise<number> {
  const blank = await page.context().newPage()
  try {
    const urls = [one, other].map((picture) => `data:image/png;base64,${picture.toString('base64')}`)
    return await blank.evaluate<number>(
      `(async (urls) => {
        const [a, b] = await Promise.all(urls.map(async (url) => {
          const image = new Image()
          image.src = url
          await image.decode()
          const canvas = new OffscreenCanvas(image.width, image.height)
          const context = canvas.getContext('2d')
          context.drawImage(image, 0, 0)
          return context.getImageData(0, 0, image.width, image.height)
        }))
        if (a.width !== b.width || a.height !== b.height) return 1
        let differing = 0
        for (let at = 0; at < a.data.length; at += 4) {
          const by = [0, 1, 2].reduce((sum, channel) => sum + Math.abs(a.data[at + channel] - b.data[at + channel]), 0)
          if (by > 96) differing++
        }
        return differing / (a.width * a.height)
      })(${JSON.stringify(urls)})`,
    )
  } finally {
    await blank.close()
  }
}
