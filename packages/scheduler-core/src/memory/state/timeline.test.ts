import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { Timeline } from './timeline.ts'

describe('a timeline', () => {
  it('hides what is not committed, and shows it once it is', () => {
    const { timeline, state, set } = shelf()
    timeline.begin()
    set('a', 1)
    expect(timeline.readCommitted(() => state.get('a'))).toBeUndefined()
    expect(state.get('a')).toBe(1)
    timeline.commit()
    expect(timeline.readCommitted(() => state.get('a'))).toBe(1)
  })

  it('takes a rolled back write away', () => {
    const { timeline, state, set } = shelf()
    timeline.begin()
    set('a', 1)
    timeline.commit()
    timeline.begin()
    set('a', 2)
    set('a', 3)
    set('b', 1)
    timeline.rollback()
    expect([...state]).toEqual([['a', 1]])
  })

  it('puts everything back also when a read throws', () => {
    const { timeline, state, set } = shelf()
    timeline.begin()
    set('a', 1)
    expect(() =>
      timeline.readCommitted(() => {
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(state.get('a')).toBe(1)
  })

  it('refuses a change outside of a write', () => {
    const { set } = shelf()
    expect(() => set('a', 1)).toThrow('outside of a write')
  })

  it('shows every pinned reader the state of its moment, whatever is written afterwards', () => {
    const step = fc.record({
      kind: fc.constantFrom('set', 'set', 'set', 'commit', 'rollback', 'pin', 'unpin'),
      key: fc.constantFrom('a', 'b', 'c'),
      value: fc.nat(9),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { timeline, state, set } = shelf()
        const pins: { version: number; picture: [string, number][] }[] = []
        const moves = {
          set,
          pin: () => pins.push({ version: timeline.pin(), picture: timeline.readCommitted(() => sorted(state)) }),
          unpin: () => pins.splice(0, 1).forEach(({ version }) => void timeline.unpin(version)),
          commit: () => [timeline.commit(), timeline.begin()],
          rollback: () => [timeline.rollback(), timeline.begin()],
        }
        timeline.begin()
        for (const { kind, key, value } of steps) {
          moves[kind](key, value)
          for (const { version, picture } of pins) {
            expect(timeline.readCommitted(() => sorted(state), version)).toEqual(picture)
          }
        }
      }),
    )
  })

  it('keeps nothing for readers that are gone', () => {
    const { timeline, set } = shelf()
    const version = timeline.pin()
    expect(timeline.settled).toBe(false)
    timeline.begin()
    set('a', 1)
    timeline.commit()
    timeline.unpin(version)
    expect(timeline.settled).toBe(true)
  })
})

/** A map whose changes are made on a timeline. */
function shelf() {
  const timeline = new Timeline()
  const state = new Map<string, number>()
  function set(key: string, value: number): void {
    const before = state.get(key)
    timeline.apply({
      redo: () => void state.set(key, value),
      undo: () => void (before === undefined ? state.delete(key) : state.set(key, before)),
    })
  }
  return { timeline, state, set }
}

function sorted(state: ReadonlyMap<string, number>): [string, number][] {
  return [...state].sort(([a], [b]) => (a < b ? -1 : 1))
}
