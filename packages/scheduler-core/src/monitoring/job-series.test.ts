import { expect, it } from 'vitest'

import { crowdedSnapshot } from '../../test/crowd.ts'
import { standardInstruments } from './instruments.ts'
import { type MetricFamily, toMetricFamilies } from './prometheus/metric-families.ts'

const crowd = { snapshot: crowdedSnapshot({ jobs: 1_200 }), stale: false, ageMs: 0 }

it('a thousand jobs have series of their own, the first by name, and those left out are counted', () => {
  const families = toMetricFamilies(crowd)
  const names = crowd.snapshot.jobs.map(({ name }) => name).toSorted()
  expect(jobsOf(families)).toEqual(names.slice(0, 1_000))
  expect(sampleOf(families, 'scheduler_jobs_without_series')).toBe(200)
  // The series of the scheduler itself know all of them.
  expect(sampleOf(families, 'scheduler_jobs')).toBe(1_200)
  expect(sampleOf(families, 'scheduler_jobs_overdue')).toBe(1_200)
})

it('every process chooses the same, whatever the order in which it defined its jobs', () => {
  const { snapshot } = crowd
  const reversed = { ...crowd, snapshot: { ...snapshot, jobs: snapshot.jobs.toReversed() } }
  expect(jobsOf(toMetricFamilies(reversed)).toSorted()).toEqual(jobsOf(toMetricFamilies(crowd)))
})

it('a limit of 0 leaves every job out, and one above their number none', () => {
  const none = toMetricFamilies(crowd, { jobLimit: 0 })
  expect(jobsOf(none)).toEqual([])
  expect(sampleOf(none, 'scheduler_jobs_without_series')).toBe(1_200)
  const all = toMetricFamilies(crowd, { jobLimit: 10_000 })
  expect(jobsOf(all)).toHaveLength(1_200)
  expect(sampleOf(all, 'scheduler_jobs_without_series')).toBe(0)
})

it('a job has as many series as the guide says', () => {
  const all = toMetricFamilies(crowd, { jobLimit: 10_000 })
  const ofJobs = all.flatMap(({ samples }) => samples).filter(({ labels }) => 'scheduler_job' in labels)
  // In this crowd no job is paused, none has ever succeeded, and no worker has taken a run from a queue.
  expect(ofJobs.length / 1_200).toBe(69)
  const most = standardInstruments()
    .filter(({ per }) => per === 'job')
    .map((one) => (one.kind === 'histogram' ? 19 : 1))
  expect(most.reduce<number>((sum, series) => sum + series, 0)).toBe(89)
})

it.each([-1, 1.5, Number.NaN])('a limit of %s is refused', (jobLimit) => {
  expect(() => toMetricFamilies(crowd, { jobLimit })).toThrow(
    expect.objectContaining({ code: 'INVALID_OPTIONS', details: expect.objectContaining({ path: 'jobLimit' }) }),
  )
})

function jobsOf(families: readonly MetricFamily[]): readonly (string | undefined)[] {
  const family = families.find(({ name }) => name === 'scheduler_runs_total')
  return family?.samples.map(({ labels }) => labels['scheduler_job']) ?? []
}

function sampleOf(families: readonly MetricFamily[], name: string): number | undefined {
  return families.find((family) => family.name === name)?.samples[0]?.value
}
