import { createMemoryBackend, createScheduler, every, type RunContext } from '@pm/scheduler-core'
import fc from 'fast-check'
import { expect, it } from 'vitest'

import { askStatuses } from '../src/conformance/scheduler/ask-statuses.ts'
import { createManualClock } from '../src/index.ts'

const MOST = BigInt(Number.MAX_SAFE_INTEGER)

/** What a handler hands over once, and how often it does. */
interface Report {
  readonly what: unknown
  readonly kind: 'items' | 'call' | 'progress'
  readonly times: number
}

const anything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true })
const number = fc.oneof(fc.double(), fc.maxSafeInteger(), fc.constantFrom(1e12, 2 ** 31 - 1, Number.MAX_SAFE_INTEGER))
const loose = fc.oneof(anything, number)
const items = fc.record({ processed: loose, failed: loose, skipped: loose }, { requiredKeys: [] })
const call = fc.record(
  {
    provider: fc.oneof(fc.constantFrom('yahoo_finance', '__proto__', 'constructor'), fc.string(), anything),
    outcome: fc.oneof(fc.constantFrom('succeeded', 'failed', 'rate_limited'), anything),
    answered: fc.oneof(fc.boolean(), anything),
    durationMs: loose,
    fallback: loose,
  },
  { requiredKeys: [] },
)

/** Mostly once; now and then the greatest that is taken, so often that the sum of a run or two is beyond 2^53. */
const report: fc.Arbitrary<Report> = fc.oneof(
  fc.record({ what: fc.oneof(items, anything), kind: fc.constant('items'), times: fc.constant(1) }),
  fc.record({ what: fc.oneof(call, anything), kind: fc.constant('call'), times: fc.constant(1) }),
  fc.record({ what: loose, kind: fc.constant('progress'), times: fc.constant(1) }),
  fc.record({
    what: fc.record({ processed: fc.constant(1e12), failed: fc.constantFrom(0, 1, 1e12), skipped: fc.constant(7) }),
    kind: fc.constant('items'),
    times: fc.constantFrom(4_504, 9_007, 9_008),
  }),
)

it('answers both statuses in both versions with 200 and by their schemas, whatever handlers report', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(report, { maxLength: 4 }), { minLength: 1, maxLength: 4 }), async (reports) => {
      const clock = createManualClock()
      const left = [...reports]
      let processed = 0n
      const handler = (ctx: RunContext) => {
        for (const one of left.shift() ?? []) processed += tell(ctx, one)
      }
      const scheduler = createScheduler({
        name: 's',
        jobs: [{ name: 'poll', schedule: every({ minutes: 1 }), handler }],
        providers: { describe: () => [{ name: 'yahoo_finance', enabled: true, apiKeyConfigured: null }] },
        clock,
        ...createMemoryBackend(),
      })
      await scheduler.open()
      try {
        await clock.advance(reports.length * 60_000)
        const symbols_processed = processed > MOST ? Number(MOST) : Number(processed)
        expect(await askStatuses(scheduler)).toMatchObject({
          'admin-v1': { state: 'running', total_runs: reports.length, success_rate: 100, symbols_processed },
          'admin-v2': {
            no_longer_exact: expect.toSatisfy((ids) => ids.includes('items_processed') === processed >= MOST),
            windows: { lifetime: { items_processed: processed >= MOST ? null : symbols_processed } },
          },
        })
      } finally {
        await scheduler.close()
      }
    }),
    { numRuns: 100, examples: [[[[NOT_EVEN_COMPARABLE]]]] },
  )
})

/** A duration that throws when it is compared with a number. */
const NOT_EVEN_COMPARABLE: Report = {
  what: { provider: 'yahoo_finance', outcome: 'succeeded', durationMs: [Object.create(null)] },
  kind: 'call',
  times: 1,
}

/** Goes on, whatever is refused. Answers how many processed items were taken. */
function tell(ctx: RunContext, { what, kind, times }: Report): bigint {
  let processed = 0n
  for (let time = 0; time < times; time++) {
    try {
      if (kind === 'items') {
        ctx.report(what as never)
        processed += BigInt((what as { readonly processed?: number }).processed ?? 0)
      } else if (kind === 'call') ctx.recordCall(what as never)
      else ctx.progress(what as never, what as never)
    } catch (error) {
      expect(error).toMatchObject({ code: 'INVALID_OPTIONS' })
    }
  }
  return processed
}
