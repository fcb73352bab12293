import { expect, it } from 'vitest'

import { queueReasonsIn, withQueueReasonsOf } from './queue-reasons.ts'

const WELL = { conditions: [], isQueueStalled: false } as const
const STALLED = { ...WELL, isQueueStalled: true } as const
const STRANDED = { conditions: ['failing', 'no_worker'], isQueueStalled: false } as const

it('names each problem of the queues once, however many jobs have it', () => {
  expect(queueReasonsIn([])).toEqual([])
  expect(queueReasonsIn([WELL, STALLED, STALLED])).toEqual(['QUEUE_STALLED'])
  expect(queueReasonsIn([STRANDED, STALLED, STRANDED])).toEqual(['QUEUE_STALLED', 'NO_WORKER'])
})

it('leaves out of the reasons those that none of these jobs has, and no other', () => {
  const all = ['CLOCK_SKEW', 'QUEUE_STALLED', 'NO_WORKER', 'TIME_ZONE_DATA_DIFFERS']
  expect(withQueueReasonsOf(all, [STALLED])).toEqual(['CLOCK_SKEW', 'QUEUE_STALLED', 'TIME_ZONE_DATA_DIFFERS'])
  expect(withQueueReasonsOf(all, [STRANDED])).toEqual(['CLOCK_SKEW', 'NO_WORKER', 'TIME_ZONE_DATA_DIFFERS'])
  expect(withQueueReasonsOf(all, [WELL])).toEqual(['CLOCK_SKEW', 'TIME_ZONE_DATA_DIFFERS'])
  expect(withQueueReasonsOf(['CLOCK_SKEW'], [STALLED])).toEqual(['CLOCK_SKEW'])
})
