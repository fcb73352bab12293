import { describe, expect, it } from 'vitest'

import type { CreateProviderHarness } from './provider-harness.ts'
import { openStage, PRICES, quotesAll, respond, toldOf } from './provider-stage.ts'

/** What a provider makes of a server that refuses, fails, or does not answer. */
export function describeNetwork(createHarness: CreateProviderHarness): void {
  describe('the network', () => {
    const STATUSES: [number, string][] = [
      [500, 'HTTP_SERVER_ERROR'],
      [502, 'HTTP_SERVER_ERROR'],
      [404, 'HTTP_CLIENT_ERROR'],
      [403, 'ACCESS_DENIED'],
      [302, 'REDIRECT_REFUSED'],
    ]
    it.each(STATUSES)('answers with status %i: refused, whatever the body says', async (status, code) => {
      const whole = quotesAll()
      const { ask, harness } = openStage(createHarness, async (names, harness) => {
        const body = await (await whole(names, harness)).text()
        const headers = status === 302 ? { location: 'https://elsewhere.example/' } : {}
        return respond(harness, body, { status, headers })
      })
      const [symbol] = harness.symbols
      const { results, calls } = await ask([symbol])
      expect(toldOf(results)).toEqual([code])
      expect(calls.at(-1)).toMatchObject({ outcome: 'failed', answered: true })
    })

    it('refuses with status 429: nothing is sent until the time that it names', async () => {
      let isRefusing = true
      const whole = quotesAll()
      const { ask, sent, harness } = openStage(createHarness, (names, harness) =>
        isRefusing ? respond(harness, '', { status: 429, headers: { 'retry-after': '120' } }) : whole(names, harness),
      )
      const { clock, symbols } = harness
      const [result] = (await ask([symbols[0]])).results
      expect(result).toMatchObject({ kind: 'rate-limited', code: 'RATE_LIMITED', retryAt: expect.any(Number) })
      const { requests } = sent
      expect(toldOf((await ask()).results)).toEqual(['BACKING_OFF', 'BACKING_OFF', 'BACKING_OFF'])
      expect(sent.requests).toBe(requests)
      isRefusing = false
      await clock.advance(120_000)
      expect(toldOf((await ask([symbols[0]])).results)).toEqual([PRICES[0]])
    })

    it('is not asked for a while after three failures in a row', async () => {
      const { ask, sent, provider, harness } = openStage(createHarness, (_, harness) =>
        respond(harness, '', { status: 500 }),
      )
      const [symbol] = harness.symbols
      for (let time = 0; time < 3; time++) await ask([symbol])
      const { requests } = sent
      const { results } = await ask([symbol])
      expect(results).toMatchObject([{ code: 'CIRCUIT_OPEN', retryAt: expect.any(Number) }])
      expect([sent.requests, provider.readLimits?.()]).toMatchObject([
        requests,
        { circuit: 'open', circuitReason: 'HTTP_SERVER_ERROR', circuitUntil: expect.any(Number) },
      ])
    })

    it('breaks the connection: a failed call that was not answered, without a text of the error', async () => {
      const { ask, harness } = openStage(createHarness, () => Promise.reject(new Error(`no route ${harness.secret}`)))
      const { results, calls } = await ask([harness.symbols[0]])
      expect(toldOf(results)).toEqual(['CONNECTION_FAILED'])
      expect(calls.at(-1)).toMatchObject({ outcome: 'failed', answered: false })
    })

    it('does not answer: the time limit holds, also for a fetch that ignores its signal', async () => {
      const { ask, harness } = openStage(createHarness, () => new Promise(() => {}), { timeoutMs: 1_000 })
      expect(toldOf((await ask([harness.symbols[0]])).results)).toEqual(['TIMEOUT'])
    })

    it('is aborted while it waits: every symbol says so, at once', async () => {
      const abort = new AbortController()
      const { ask } = openStage(createHarness, () => {
        abort.abort()
        return new Promise(() => {})
      })
      expect(new Set(toldOf((await ask(undefined, abort.signal)).results))).toEqual(new Set(['ABORTED']))
    })
  })
}
