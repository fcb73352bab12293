import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { OUTSIDE } from './heap.ts'
import { createReadyQueue, type Ready } from './ready-queue.ts'

describe('a ready queue', () => {
  it('gives the highest priority first, and the earliest arrival within one priority', () => {
    const queue = createReadyQueue<Item>()
    for (const [name, priority] of [
      ['low', -1],
      ['first', 0],
      ['high', 5],
      ['second', 0],
    ] as const)
      queue.add(item(name, priority))
    expect(names(queue.take(3))).toEqual(['high', 'first', 'second'])
    expect(names(queue.take(3))).toEqual(['low'])
    expect(queue.isEmpty).toBe(true)
  })

  it('keeps the order of the items that were not taken', () => {
    const queue = createReadyQueue<Item>()
    const items = Array.from({ length: 10 }, (_, place) => item(`${place}`))
    for (const each of items) queue.add(each)
    expect(names(queue.take(4))).toEqual(['0', '1', '2', '3'])
    queue.add(item('10', 1))
    for (const each of items.slice(5, 6)) queue.remove(each)
    expect(names(queue.take(4))).toEqual(['10', '4', '6', '7'])
  })

  it('is empty after its last item was removed', () => {
    const queue = createReadyQueue<Item>()
    const only = item('only', 3)
    queue.add(only)
    queue.remove(only)
    expect(only.place).toBe(OUTSIDE)
    expect(queue.isEmpty).toBe(true)
    expect(queue.take(1)).toEqual([])
  })

  it('puts an item that was removed and comes again behind those that came meanwhile', () => {
    const queue = createReadyQueue<Item>()
    const first = item('first')
    queue.add(first)
    queue.add(item('second'))
    queue.remove(first)
    queue.add(first)
    expect(names(queue.take(3))).toEqual(['second', 'first'])
  })

  it('takes no more room for what went through it, although it is never empty', () => {
    const queue = createReadyQueue<Item>()
    const items = Array.from({ length: 10 }, (_, place) => item(`${place}`))
    for (const each of items) queue.add(each)
    for (let round = 0; round < 1_000; round++) {
      for (const each of items.slice(0, 3)) {
        queue.remove(each)
        queue.add(each)
      }
      for (const each of queue.take(4)) queue.add(each)
    }
    expect(Math.max(...items.map(({ place }) => place))).toBeLessThan(100)
  })

  it('keeps the order of arrival within each priority, whatever comes and goes', () => {
    const step = fc.record({
      kind: fc.constantFrom('add', 'add', 'remove', 'take'),
      which: fc.nat(29),
      priority: fc.nat(1),
      limit: fc.nat(4),
    })
    fc.assert(
      fc.property(fc.array(step, { minLength: 300, maxLength: 600 }), (steps) => {
        const queue = createReadyQueue<Item>()
        const items = Array.from({ length: 30 }, (_, place) => item(`${place}`))
        let model: Item[] = []
        for (const { kind, which, priority, limit } of steps) {
          const each = items[which] as Item
          const isInside = model.includes(each)
          if (kind === 'take') {
            const expected = model.toSorted((one, other) => other.priority - one.priority).slice(0, limit)
            expect(names(queue.take(limit))).toEqual(names(expected))
            model = model.filter((one) => !expected.includes(one))
          } else if (isInside) {
            queue.remove(each)
            model = model.filter((one) => one !== each)
          }
          if (kind === 'add') {
            Object.assign(each, { priority })
            queue.add(each)
            model.push(each)
          }
          expect(queue.isEmpty).toBe(model.length === 0)
        }
      }),
      { numRuns: 40 },
    )
  })
})

interface Item extends Ready {
  readonly name: string
}

function item(name: string, priority = 0): Item {
  return { name, priority, place: OUTSIDE }
}

function names(items: readonly Item[]): readonly string[] {
  return items.map(({ name }) => name)
}
