import { createCommandLimits } from '@pm/scheduler-core/http'
import type { ServeHttp } from '@pm/scheduler-testing/conformance'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { fuzzedRequest } from './fuzzed-request.ts'
import { openScene, type Received, type Sent, send } from './http-scene.ts'

const REQUESTS = 500

/** Every other call is a command, whatever commands there will be. */
const READS =
  /^(?:control|snapshot|history|audit|preview|preview-backfill|backfill-queue|match-jobs|upcoming|due-times|explain|list-entries|list-log)\b/

/**
 * Malformed requests of somebody who may do everything, over real HTTP: none is answered by a failure of ours, and no
 * command of any kind comes through. A counterexample is printed with the seed that finds it again.
 */
export function describeFuzzedRequests(name: string, serve: ServeHttp): void {
  describe(`fuzzed requests: ${name}`, () => {
    it(`${REQUESTS} of them are answered, and change nothing`, async () => {
      const commandLimits = createCommandLimits({ perMinute: 1e9, burst: 1e9 })
      const scene = await openScene(serve, { admin: { commandLimits } })
      const before = await scene.staged.scheduler.control()
      let answered = 0
      const property = fc.asyncProperty(fuzzedRequest, async ({ path, sent }) => {
        scene.staged.forget()
        const received = await sendIfPossible(scene.baseUrl('admin') + path, sent)
        fc.pre(received !== null)
        answered++
        expect(received.status).toBeLessThan(500)
        expect(scene.staged.calls.filter((call) => !READS.test(call))).toEqual([])
      })
      await fc.assert(property, { numRuns: REQUESTS })
      expect(answered).toBeGreaterThanOrEqual(REQUESTS)
      expect(scene.reported).toEqual([])
      expect(await scene.staged.scheduler.control()).toEqual(before)
    })
  })
}

/** `null` for what no client of Node can put on the wire. */
async function sendIfPossible(url: string, sent: Sent): Promise<Received | null> {
  try {
    return await send(url, sent)
  } catch (error) {
    if (error instanceof TypeError) return null
    throw error
  }
}
