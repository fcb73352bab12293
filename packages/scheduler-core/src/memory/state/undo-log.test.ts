import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { UndoLog } from './undo-log.ts'

describe('an undo log', () => {
  it('hides a change until it is committed', () => {
    const { undoLog, state, set } = mapWithUndoLog()
    undoLog.begin()
    set('a', 1)
    expect(undoLog.readCommitted(() => state.get('a'))).toBeUndefined()
    expect(state.get('a')).toBe(1)
    undoLog.commit()
    expect(undoLog.readCommitted(() => state.get('a'))).toBe(1)
  })

  it('undoes a write that is rolled back', () => {
    const { undoLog, state, set } = mapWithUndoLog()
    undoLog.begin()
    set('a', 1)
    undoLog.commit()
    undoLog.begin()
    set('a', 2)
    set('a', 3)
    set('b', 1)
    undoLog.rollback()
    expect([...state]).toEqual([['a', 1]])
  })

  it('redoes all changes also when a read throws', () => {
    const { undoLog, state, set } = mapWithUndoLog()
    undoLog.begin()
    set('a', 1)
    expect(() =>
      undoLog.readCommitted(() => {
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(state.get('a')).toBe(1)
  })

  it('refuses a change outside of a write', () => {
    const { set } = mapWithUndoLog()
    expect(() => set('a', 1)).toThrow('outside of a write')
  })

  it('shows every pinned reader the state at its pin, after any later writes', () => {
    const step = fc.record({
      kind: fc.constantFrom('set', 'set', 'set', 'commit', 'rollback', 'pin', 'unpin'),
      key: fc.constantFrom('a', 'b', 'c'),
      value: fc.nat(9),
    })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { undoLog, state, set } = mapWithUndoLog()
        const pins: { version: number; picture: [string, number][] }[] = []
        const moves = {
          set,
          pin: () => pins.push({ version: undoLog.pin(), picture: undoLog.readCommitted(() => sorted(state)) }),
          unpin: () => pins.splice(0, 1).forEach(({ version }) => void undoLog.unpin(version)),
          commit: () => [undoLog.commit(), undoLog.begin()],
          rollback: () => [undoLog.rollback(), undoLog.begin()],
        }
        undoLog.begin()
        for (const { kind, key, value } of steps) {
          moves[kind](key, value)
          for (const { version, picture } of pins) {
            expect(undoLog.readCommitted(() => sorted(state), version)).toEqual(picture)
          }
        }
      }),
    )
  })

  it('keeps no commits for readers that have ended', () => {
    const { undoLog, set } = mapWithUndoLog()
    const version = undoLog.pin()
    expect(undoLog.isIdle).toBe(false)
    undoLog.begin()
    set('a', 1)
    undoLog.commit()
    undoLog.unpin(version)
    expect(undoLog.isIdle).toBe(true)
  })
})

/** A map whose changes go through an undo log. */
function mapWithUndoLog() {
  const undoLog = new UndoLog()
  const state = new Map<string, number>()
  function set(key: string, value: number): void {
    const before = state.get(key)
    undoLog.apply({
      redo: () => void state.set(key, value),
      undo: () => void (before === undefined ? state.delete(key) : state.set(key, before)),
    })
  }
  return { undoLog, state, set }
}

function sorted(state: ReadonlyMap<string, number>): [string, number][] {
  return [...state].sort(([a], [b]) => (a < b ? -1 : 1))
}
