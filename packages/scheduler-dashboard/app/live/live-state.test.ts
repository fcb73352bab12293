import { describe, expect, it } from 'vitest'

import { MANY } from './changed.ts'
import { type Held, NOTHING, pause, take } from './live-state.ts'
import type { News } from './messages.ts'
import type { AnyStatus } from './topic.ts'

const status = (id: string): News => ({
  kind: 'status',
  topic: 'admin:main',
  // Nothing of the status is read here.
  status: { snapshot_id: id } as unknown as AnyStatus,
  id,
  changed: { jobs: [id] },
})
const live: News = { kind: 'connection', topic: 'admin:main', connection: 'live' }

function after(news: readonly News[], { isPaused = false, from = NOTHING } = {}): Held {
  return news.reduce((held, one) => take(held, one, { isPaused }), from)
}

describe('what a tab shows of a topic', () => {
  it('shows each status as it comes', () => {
    expect(after([live, status('1'), status('2')]).shown).toMatchObject({ id: '2', connection: 'live', fresh: 0 })
  })

  it('counts what comes during a pause, and shows the latest at its end, with all that changed', () => {
    const paused = after([status('2'), status('3'), live], {
      isPaused: true,
      from: pause(after([live, status('1')]), true),
    })
    expect(paused.shown).toMatchObject({ id: '1', connection: 'paused', fresh: 2 })
    expect(paused.waiting?.changed.jobs).toEqual(['2', '3'])
    expect(pause(paused, false).shown).toMatchObject({ id: '3', connection: 'live', fresh: 0 })
  })

  it('does not count the same status twice', () => {
    const paused = after([status('1'), status('2'), status('2')], {
      isPaused: true,
      from: pause(after([status('1')]), true),
    })
    expect(paused.shown.fresh).toBe(1)
  })

  it('shows the first status even during a pause', () => {
    expect(after([status('1')], { isPaused: true }).shown.id).toBe('1')
  })

  it.each([401, 403])('shows nothing more to who may not see it: %s', (code) => {
    const refusal: News = { kind: 'trouble', topic: 'admin:main', trouble: { code: '', status: code, message: '' } }
    const held = after([refusal], { from: after([live, status('1')]) })
    expect(held.shown).toMatchObject({ status: null, id: null, trouble: { status: code } })
    expect(after([status('1')], { from: held }).shown.id).toBe('1')
  })

  it('keeps showing what it has while the server does not answer', () => {
    const trouble: News = { kind: 'trouble', topic: 'admin:main', trouble: { code: '', status: null, message: '' } }
    expect(after([trouble], { from: after([live, status('1')]) }).shown.id).toBe('1')
  })

  it('knows of many changes when one frame says so', () => {
    const many = { ...status('2'), changed: MANY }
    expect(after([many], { isPaused: true, from: after([status('1')]) }).waiting?.changed).toEqual(MANY)
  })
})
