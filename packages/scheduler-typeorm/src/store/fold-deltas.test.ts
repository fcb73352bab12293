import { expect, it } from 'vitest'

import { createPartitionLab } from '../../test/partition-lab.ts'
import { createTestBed } from '../../test/test-bed.ts'
import { createFoldDeltas } from './fold-deltas.ts'

const bed = await createTestBed()
const dataSource = await bed.open()

it('folds the deltas of one job in slices too, and counts each of them once', async () => {
  const lab = await createPartitionLab(dataSource)
  for (let round = 0; round < 10; round++) await lab.settle(await lab.claim(2))
  const counted = await lab.counted()
  expect(counted[0]).toMatchObject({ succeeded: 20 })
  const fold = createFoldDeltas(lab.names, 'test')
  const left: number[] = []
  for (let isDone = false; !isDone; ) {
    isDone = await lab.sessions.withSession((session) => fold(session, 'mine', 4), { unit: 'fold', isOwn: true })
    left.push(await lab.rowsIn('run_tally_delta'))
    expect(await lab.counted()).toEqual(counted)
  }
  expect(left).toEqual([6, 2, 0, 0])
})
