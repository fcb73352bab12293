import { expect, it } from 'vitest'

import { MAX_PROVIDERS_OF_JOB, MAX_PROVIDERS_OF_RUN } from '../../limits.ts'
import { createProviderNames } from './provider-names.ts'

it('remembers the names of a job, and of a job that is gone only for a while', () => {
  const jobs = new Map([['poll', {}]])
  const names = createProviderNames(jobs)
  const fill = (job: string) => {
    for (let at = 0; at < MAX_PROVIDERS_OF_JOB; at++) names.admit(job, `provider ${at}`, 0)
  }
  const overflow = (job: string) => () => names.admit(job, 'one more', 0)
  fill('poll')
  fill('gone')
  expect(overflow('poll')).toThrow('at most 100 different providers in all runs of a job')
  expect(overflow('gone')).toThrow('at most 100')
  expect(names.admit('poll', 'provider 5', 49)).toBe('provider 5')
  for (const other of ['a', 'b', 'c']) names.admit(other, 'x', 0)
  expect(overflow('poll')).toThrow('at most 100')
  expect(overflow('gone')).not.toThrow()
})

it('takes no more names of a run than it may have, even those that its job has named', () => {
  const names = createProviderNames(new Map())
  names.admit('poll', 'yahoo_finance', 0)
  expect(() => names.admit('poll', 'yahoo_finance', MAX_PROVIDERS_OF_RUN)).toThrow('at most 50')
})
