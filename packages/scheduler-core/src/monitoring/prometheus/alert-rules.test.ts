import { expect, it } from 'vitest'

import { schedulerAlertRules } from './alert-rules.ts'

it('a time scale shortens how long a rule waits, how far it looks back and with what age it compares', () => {
  const production = ruleOf('SchedulerStatusIsStale')
  expect(production).toMatchObject({ expr: expect.stringMatching(/ > 60$/), for: '1m' })
  expect(ruleOf('SchedulerStatusIsStale', 1 / 100)).toMatchObject({
    expr: expect.stringMatching(/ > 0.6$/),
    for: '600ms',
  })
  expect(ruleOf('DueTimesMissed')?.expr).toContain('[15m]')
  expect(ruleOf('DueTimesMissed', 1 / 60)).toMatchObject({ expr: expect.stringContaining('[15s]'), for: '0m' })
  expect(ruleOf('SchedulerPauseLasts')?.for).toBe('1d')
  expect(ruleOf('SchedulerPauseLasts', 1 / 24)?.for).toBe('1h')
  // Prometheus knows no shorter time.
  expect(ruleOf('SchedulerPauseLasts', 1e-12)?.for).toBe('1ms')
})

it('a time scale changes nothing but times', () => {
  const withoutTimes = (timeScale: number) =>
    JSON.stringify(schedulerAlertRules(undefined, { timeScale }))
      .replaceAll(/\d+(?:ms|[smhd])\b/g, 'TIME')
      .replaceAll(/> [\d.]+/g, '> NUMBER')
  expect(withoutTimes(1 / 100)).toBe(withoutTimes(1))
})

it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('a time scale of %s is refused', (timeScale) => {
  expect(() => schedulerAlertRules(undefined, { timeScale })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path: 'timeScale' }) }),
  )
})

function ruleOf(alert: string, timeScale?: number) {
  const { groups } = schedulerAlertRules(undefined, timeScale === undefined ? {} : { timeScale })
  return groups[0].rules.find((rule) => rule.alert === alert)
}
