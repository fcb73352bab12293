import { describe, expect, it } from 'vitest'

import type { ServeHttp } from './adapter.ts'
import { openScene } from './scene.ts'
import { JOB, T0 } from './staged-past.ts'

const RANGE = 'from=2025-09-16T02:00:00Z&to=2025-09-16T04:00:00Z&step_ms=3600000'

export function describeHistory(serve: ServeHttp): void {
  describe('history', () => {
    it('tells how a metric went, step by step, with null for what nobody knows', async () => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', `/history?metric=total_runs&${RANGE}&job=${JOB}`)
      expect(answer).toMatchObject({
        status: 200,
        json: {
          metric: 'total_runs',
          step_ms: 3_600_000,
          known_from: '2025-09-16T03:00:00.000Z',
          points: [
            { after: '2025-09-16T02:00:00.000Z', up_to: '2025-09-16T03:00:00.000Z', value: null },
            { after: '2025-09-16T03:00:00.000Z', up_to: '2025-09-16T04:00:00.000Z', value: 3 },
          ],
        },
      })
      const asked = { metric: 'total_runs', from: T0, to: T0 + 7_200_000, stepMs: 3_600_000, job: JOB }
      expect(scene.staged.calls).toEqual([`history ${JSON.stringify(asked)}`])
    })

    it('asks for one provider where the metric is one of calls', async () => {
      const scene = await openScene(serve)
      const query = `metric=provider_calls&${RANGE}&provider=yahoo_finance`
      expect((await scene.as('ada', 'admin', `/history?${query}`)).status).toBe(200)
      expect(scene.staged.calls).toEqual([expect.stringContaining('"provider":"yahoo_finance"')])
    })

    it.each([
      ['a metric that is misspelt', `metric=total_run&${RANGE}`, 'metric', 'total_runs'],
      ['a metric of the present alone', `metric=next_run_at&${RANGE}`, 'metric', null],
      ['what an object has anyway', `metric=constructor&${RANGE}`, 'metric', null],
      ['no metric', RANGE, 'metric', null],
      ['a job that is misspelt', `metric=total_runs&${RANGE}&job=pol`, 'job', JOB],
      ['a provider that can be none', `metric=provider_calls&${RANGE}&provider=%00`, 'provider', null],
      ['no range', 'metric=total_runs&step_ms=60000', 'from', null],
      ['a step of half a number', `metric=total_runs&${RANGE}.5`, 'step_ms', null],
      [
        'a step backwards',
        'metric=total_runs&from=2025-09-16T02:00:00Z&to=2025-09-16T04:00:00Z&step_ms=-1',
        'step_ms',
        null,
      ],
    ])('answers 400 to %s', async (_what, query, parameter, meant) => {
      const scene = await openScene(serve)
      const answer = await scene.as('ada', 'admin', `/history?${query}`)
      expect(answer).toMatchObject({ status: 400, json: { code: 'INVALID_REQUEST' } })
      const { detail } = answer.json as { readonly detail: string }
      expect(detail).toContain(`query.${parameter}: expected`)
      expect(detail.includes('Did you mean')).toBe(meant !== null)
      if (meant !== null) expect(detail).toContain(`"${meant}"`)
      expect(scene.staged.calls.filter((call) => call !== 'snapshot')).toEqual([])
    })
  })
}
