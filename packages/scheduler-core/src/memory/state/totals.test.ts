import { expect, it } from 'vitest'

import { JobData } from './job-data.ts'
import { Totals } from './totals.ts'

const MINUTE = 60_000

it('totals are the sum of the jobs, also when they were added up anew between a change and its undoing', () => {
  const totals = new Totals()
  const jobs = ['poll', 'sum'].map((name) => new JobData(name, 0, totals))
  const [poll, sum] = jobs as [JobData, JobData]
  const expectSum = () => {
    const all = jobs.map(({ tallies }) => tallies.view().lifetime().succeeded)
    expect(totals.view(jobs).lifetime().succeeded).toBe(all.reduce((a, b) => a + b))
  }
  const count = () => poll.count(MINUTE, { pairs: [0, 1], maxima: [] })
  sum.count(MINUTE, { pairs: [0, 5], maxima: [] })
  const undo = count()
  expectSum()
  // As a job is forgotten in a unit that is rolled back, while somebody reads the state before.
  totals.forget()
  expectSum()
  undo()
  expectSum()
  count()
  expectSum()
})
