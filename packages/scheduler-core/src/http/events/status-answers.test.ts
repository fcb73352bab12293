import { describe, expect, it } from 'vitest'

import type { SchedulerSnapshot } from '../../reading/snapshot.ts'
import { createStatusAnswers } from './status-answers.ts'

describe('the answers to /status', () => {
  it('are made once for each snapshot, stale or not', () => {
    const projected: string[] = []
    const answersOf = createStatusAnswers({
      label: 'admin.v1',
      project({ snapshot: { id } }) {
        projected.push(id)
        return { id }
      },
    })
    const [first, second] = [snapshot('1-1'), snapshot('1-2')]
    const body = answersOf({ snapshot: first, stale: false, ageMs: 0 }).full.body
    expect(answersOf({ snapshot: first, stale: false, ageMs: 900 }).full.body).toBe(body)
    expect(answersOf({ snapshot: first, stale: true, ageMs: 1_500 }).full.body).toBe(body)
    expect(answersOf({ snapshot: second, stale: false, ageMs: 0 }).full.body).not.toBe(body)
    expect(projected).toEqual(['1-1', '1-2'])
  })

  it('of a body with its age are made anew for each second that it is stale, with a new tag', () => {
    const answersOf = createStatusAnswers({ label: 'admin.v2', tellsAge: true, project: ({ ageMs }) => ({ ageMs }) })
    const one = snapshot('1-1')
    expect(answersOf({ snapshot: one, stale: false, ageMs: 400 }).etag).toBe('"1-1.admin.v2"')
    const stale = answersOf({ snapshot: one, stale: true, ageMs: 1_500 })
    expect(stale).toMatchObject({ etag: '"1-1.admin.v2.stale-1"' })
    expect(answersOf({ snapshot: one, stale: true, ageMs: 1_900 }).full.body).toBe(stale.full.body)
    expect(new TextDecoder().decode(stale.full.body ?? undefined)).toBe('{"ageMs":1000}')
    expect(answersOf({ snapshot: one, stale: true, ageMs: 2_000 }).etag).toBe('"1-1.admin.v2.stale-2"')
  })

  it('count the bytes of a body, not its characters', () => {
    const answersOf = createStatusAnswers({ label: 'x', project: () => ({ name: 'Zürich ≠ 東京' }) })
    const { full } = answersOf({ snapshot: snapshot('1-1'), stale: false, ageMs: 0 })
    expect(full.headers['content-length']).toBe(String(Buffer.byteLength('{"name":"Zürich ≠ 東京"}')))
  })
})

function snapshot(id: string): SchedulerSnapshot {
  return { id } as SchedulerSnapshot
}
