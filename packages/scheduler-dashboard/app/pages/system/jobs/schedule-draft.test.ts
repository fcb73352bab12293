import { describe, expect, it } from 'vitest'

import { isScheduled, toDraft, toPreviewQuery, toScheduleBody } from './schedule-draft.ts'

const every = { kind: 'every', period_ms: 90_000, anchor_at: '1970-01-01T00:00:00.000Z' } as const
const cron = { kind: 'cron', pattern: '0 7 * * 1-5', timezone: 'Europe/Zurich' } as const
const once = { kind: 'once', at: '2026-03-29T12:00:00.000Z' } as const

describe('a schedule that is typed', () => {
  it.each([every, cron, once])('stands in the fields as it is, and comes back: $kind', (schedule) => {
    const body = toScheduleBody(toDraft(schedule, 'UTC'), 'UTC')
    const { anchor_at, ...asked } = { anchor_at: null, ...schedule }
    expect(body).toEqual(asked)
  })

  it('is seen when the job has it, pattern, zone and all, as the server wrote it', () => {
    expect(isScheduled(cron, cron)).toBe(true)
    expect(isScheduled(cron, { ...cron, timezone: 'UTC' })).toBe(false)
    expect(isScheduled(cron, every)).toBe(false)
    expect(isScheduled(cron, undefined)).toBe(true)
  })

  it('may be written for Quartz or EventBridge', () => {
    const draft = { ...toDraft(cron, 'UTC'), pattern: '0 10 ? * 2-6 *', dialect: 'eventbridge' } as const
    const body = toScheduleBody(draft, 'UTC')
    expect(body).toEqual({ ...cron, pattern: '0 10 ? * 2-6 *', dialect: 'eventbridge' })
    expect(body && toPreviewQuery(body, 3)).toMatchObject({ cron: '0 10 ? * 2-6 *', dialect: 'eventbridge' })
  })

  it('is nothing while it is not complete', () => {
    const draft = toDraft(every, 'UTC')
    expect(toScheduleBody({ ...draft, period: 'soon' }, 'UTC')).toBeNull()
    expect(toScheduleBody({ ...draft, kind: 'cron' }, 'UTC')).toBeNull()
    expect(toScheduleBody({ ...draft, kind: 'once' }, 'UTC')).toBeNull()
  })

  it('is asked about before it is set', () => {
    expect(toPreviewQuery({ kind: 'every', period_ms: 1_000 }, 3)).toEqual({ n: 3, every_ms: 1_000 })
    expect(toPreviewQuery({ kind: 'cron', pattern: '* * * * *', timezone: 'UTC' }, 3)).toEqual({
      n: 3,
      cron: '* * * * *',
      timezone: 'UTC',
    })
    expect(toPreviewQuery(once, 3)).toEqual({ n: 3, at: once.at })
  })
})
