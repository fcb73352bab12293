import { describe, expect, it } from 'vitest'

import { arrived, failed, loading, released } from './resource-state.ts'

const news = { atMs: 5, isHeld: false, countNew: () => 12 }
const ERROR = { kind: 'error', code: 'UNREACHABLE', text: 'no answer' } as const

describe('something that is read', () => {
  it('collects what is new while the reader is at work, and shows it afterwards', () => {
    const first = arrived(loading<string>(), 'old', news)
    const second = arrived(first, 'new', { ...news, isHeld: true, atMs: 9 })
    expect(second).toMatchObject({ data: 'old', waiting: { count: 12 } })
    expect(released(second)).toMatchObject({ data: 'new', readAtMs: 9, waiting: null })
  })

  it('has new values of the same rows ready for when the reader leaves', () => {
    const held = arrived(arrived(loading<string>(), 'old', news), 'new', { ...news, isHeld: true, countNew: () => 0 })
    expect(held).toMatchObject({ data: 'old', waiting: { count: 0 } })
    expect(released(held).data).toBe('new')
  })

  it('shows the first data even then', () => {
    expect(arrived(loading<string>(), 'first', { ...news, isHeld: true }).data).toBe('first')
  })

  it('keeps old data behind an error, and says that they are stale', () => {
    expect(failed(arrived(loading<string>(), 'old', news), ERROR)).toMatchObject({ state: 'stale', data: 'old' })
    expect(failed(loading<string>(), ERROR).state).toBe('error')
  })

  it('hides data from who may no longer see them', () => {
    const state = failed(arrived(loading<string>(), 'secret', news), { ...ERROR, kind: 'logged-out' })
    expect(state).toMatchObject({ state: 'logged-out', data: null })
  })
})
