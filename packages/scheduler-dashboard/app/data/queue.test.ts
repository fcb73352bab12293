import { describe, expect, it } from 'vitest'

import { createQueue } from './queue.ts'

const here = new AbortController().signal

describe('a queue', () => {
  it('does only so many at a time, in their order', async () => {
    const queue = createQueue(2)
    const begun: number[] = []
    const ends: (() => void)[] = []
    const work = (which: number) => () => {
      begun.push(which)
      return new Promise<number>((resolve) => ends.push(() => resolve(which)))
    }
    const all = [1, 2, 3].map((which) => queue.add(work(which), here))
    await Promise.resolve()
    expect(begun).toEqual([1, 2])
    ends[0]?.()
    await expect(all[0]).resolves.toBe(1)
    await Promise.resolve()
    expect(begun).toEqual([1, 2, 3])
    for (const end of ends) end()
    await expect(Promise.all(all)).resolves.toEqual([1, 2, 3])
  })

  it('does not begin what nobody waits for any more, and goes on after a failure', async () => {
    const queue = createQueue(1)
    const left = new AbortController()
    const first = queue.add(() => Promise.reject(new Error('broken')), here)
    const second = queue.add(() => Promise.resolve('never'), left.signal)
    left.abort(new Error('left'))
    await expect(first).rejects.toThrow('broken')
    await expect(second).rejects.toThrow('left')
    await expect(queue.add(() => Promise.resolve('third'), here)).resolves.toBe('third')
  })
})
