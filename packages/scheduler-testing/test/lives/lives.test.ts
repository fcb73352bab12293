import fc from 'fast-check'
import { expect, it } from 'vitest'

import { checkLife } from './check-life.ts'
import { liveThrough } from './live-through.ts'
import { story } from './story.ts'

/** 20,000 take the better part of an hour: `LIVES=20000`. */
const LIVES = Number(process.env['LIVES'] ?? (process.env['SOAK'] === '1' ? 5_000 : 50))

it('the counts of the table are those of the handlers, whatever is deployed, killed, stopped and paused', async () => {
  await fc.assert(
    fc.asyncProperty(story, async (told) => {
      expect(checkLife(await liveThrough(told))).toEqual([])
    }),
    { numRuns: LIVES },
  )
}, 2_400_000)
