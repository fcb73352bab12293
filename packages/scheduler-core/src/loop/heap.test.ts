import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createHeap, type HeapItem, OUTSIDE } from './heap.ts'

describe('a heap', () => {
  it('shows its earliest item after any pushes and removals', () => {
    const steps = fc.array(fc.record({ item: fc.nat(19), at: fc.nat(9) }), { maxLength: 200 })
    fc.assert(
      fc.property(steps, (all) => {
        const heap = createHeap()
        const items = Array.from({ length: 20 }, (): HeapItem => ({ at: 0, place: OUTSIDE }))
        const inside = new Set<HeapItem>()
        for (const { item: index, at } of all) {
          const item = items[index] ?? { at, place: OUTSIDE }
          if (inside.delete(item)) {
            heap.remove(item)
          } else {
            item.at = at
            heap.push(item)
            inside.add(item)
          }
          expect(heap.peek()?.at).toBe(inside.size === 0 ? undefined : Math.min(...[...inside].map((each) => each.at)))
        }
      }),
    )
  })

  it('loses no other item when one is removed twice', () => {
    const heap = createHeap()
    const item = { at: 1, place: OUTSIDE }
    const other = { at: 2, place: OUTSIDE }
    heap.push(item)
    heap.push(other)
    heap.remove(item)
    heap.remove(item)
    expect(heap.peek()).toBe(other)
  })
})
