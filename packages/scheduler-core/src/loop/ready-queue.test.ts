import { describe, expect, it } from 'vitest'

import { createReadyQueue } from './ready-queue.ts'

describe('a ready queue', () => {
  it('gives the highest priority first, and the earliest arrival within one priority', () => {
    const queue = createReadyQueue<string>()
    queue.add('low', -1)
    queue.add('first', 0)
    queue.add('high', 5)
    queue.add('second', 0)
    expect(queue.take(3)).toEqual(['high', 'first', 'second'])
    expect(queue.take(3)).toEqual(['low'])
    expect(queue.isEmpty).toBe(true)
  })

  it('keeps the order of the items that were not taken', () => {
    const queue = createReadyQueue<number>()
    for (let item = 0; item < 10; item++) queue.add(item, 0)
    expect(queue.take(4)).toEqual([0, 1, 2, 3])
    queue.add(10, 1)
    queue.remove(5)
    expect(queue.take(4)).toEqual([10, 4, 6, 7])
  })

  it('is empty after its last item was removed', () => {
    const queue = createReadyQueue<string>()
    queue.add('only', 3)
    queue.remove('only')
    queue.remove('only')
    expect(queue.isEmpty).toBe(true)
    expect(queue.take(1)).toEqual([])
  })
})
