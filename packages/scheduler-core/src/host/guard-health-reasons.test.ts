import { expect, it } from 'vitest'

import { guardHealthReasons, type HealthReasons } from './guard-health-reasons.ts'

function guarded(host: HealthReasons) {
  const errors: unknown[] = []
  const ignore = () => {}
  const logger = { debug: ignore, info: ignore, warn: ignore, error: (what: unknown) => void errors.push(what) }
  return { errors, reasons: guardHealthReasons({ host, logger }) }
}

it('gives each code once, at the instant that it is asked about', () => {
  const { errors, reasons } = guarded((asOf) => (asOf < 5 ? [] : ['CALENDAR_RUNS_OUT', 'CALENDAR_RUNS_OUT']))
  expect([reasons(4), reasons(5)]).toEqual([[], ['CALENDAR_RUNS_OUT']])
  expect(errors).toEqual([])
})

it('leaves out what is no code and what is too much, says so, and logs it once until all is valid again', () => {
  let given: readonly string[] = ['LATE', 'not a code', 5 as never]
  const { errors, reasons } = guarded(() => given)
  expect([reasons(0), reasons(1)]).toEqual([
    ['LATE', 'HEALTH_REASONS_INVALID'],
    ['LATE', 'HEALTH_REASONS_INVALID'],
  ])
  expect(errors).toEqual([{ leftOut: 2 }])
  given = ['LATE']
  expect(reasons(2)).toEqual(['LATE'])
  given = Array.from({ length: 30 }, (_, index) => `CODE_${index}`)
  expect(reasons(3)).toHaveLength(21)
  expect(errors).toEqual([{ leftOut: 2 }, { leftOut: 10 }])
})

it('survives a host that throws or answers no list', () => {
  const broken = guarded(() => {
    throw new Error('broken')
  })
  expect(broken.reasons(0)).toEqual(['HEALTH_REASONS_INVALID'])
  expect(guarded(() => 5 as never).reasons(0)).toEqual(['HEALTH_REASONS_INVALID'])
})
