import type { RunContext } from '@pm/scheduler-core'
import { expect, it } from 'vitest'

import type { CreateStoreHarness } from '../harness/harness.ts'
import { askJobs, askStatuses } from './ask-statuses.ts'
import { MINUTE, minutely, openStage, runs, SECOND, T0 } from './stage.ts'

/** As often as the greatest report that there is makes 2^53. */
const REPORTS = 9_008
const MOST = Number.MAX_SAFE_INTEGER

export function outlivesAbsurdReports<S extends object>(createHarness: CreateStoreHarness<S>): void {
  it('one absurd sum ends neither its job nor the status: it alone is null, and says why', async () => {
    const stage = await openStage(createHarness)
    let run = 0
    const absurd = (ctx: RunContext<S>) => {
      run++
      if (run <= 3) for (let report = 0; report < REPORTS; report++) ctx.report({ processed: 1e12 })
      else ctx.report({ processed: 5, failed: 1 })
    }
    const poll = (ctx: RunContext<S>) => {
      ctx.report({ processed: 8 })
      ctx.recordCall({ provider: 'yahoo_finance', outcome: 'succeeded', answered: true, durationMs: 150 })
    }
    const scheduler = stage.instance({
      jobs: [minutely(absurd, { name: 'absurd' }), minutely(poll)],
      providers: { describe: () => [{ name: 'yahoo_finance', enabled: true, apiKeyConfigured: null }] },
    })
    await scheduler.open()
    await stage.pass(5 * MINUTE + SECOND)

    const outcomes = runs(await stage.ledger(scheduler))
    expect(outcomes.map(({ state }) => state)).toEqual(Array(10).fill('succeeded'))
    expect(outcomes.filter(({ items }) => items.processed === MOST)).toHaveLength(3)

    const statuses = await askStatuses(scheduler)
    const items = { items_processed: null, items_failed: 2, total_runs: 10, success_rate: 100 }
    expect(statuses).toMatchObject({
      'admin-v1': { state: 'running', total_runs: 10, success_rate: 100, symbols_processed: MOST },
      'admin-v2': {
        no_longer_exact: ['items_processed'],
        scheduler: { health: { status: 'pass', reasons: [] } },
        windows: { lifetime: { items_processed: null, items_failed: 2, total_runs: 10 } },
      },
      'market-data-v1': { recent_activity: { total_symbols_processed: MOST, avg_response_time_ms: 150 } },
      'market-data-v2': { no_longer_exact: ['items_processed'], windows: { lifetime: items } },
    })

    expect(await askJobs(scheduler)).toMatchObject({
      no_longer_exact: ['items_processed'],
      items: [
        { name: 'absurd', windows: { recent: { items_processed: null, items_failed: 2, total_runs: 5 } } },
        { name: 'poll', windows: { recent: { items_processed: 40, total_runs: 5 } } },
      ],
    })

    const range = { from: T0, to: T0 + 5 * MINUTE, stepMs: MINUTE }
    const { points } = await scheduler.history({ metric: 'items_processed', ...range })
    expect(points.map(({ value, reason }) => reason ?? value)).toEqual([
      'no_longer_exact',
      'no_longer_exact',
      'no_longer_exact',
      13,
      13,
    ])
  })
}
