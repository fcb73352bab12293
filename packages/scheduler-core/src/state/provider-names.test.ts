import { expect, it } from 'vitest'

import { MAX_PROVIDERS, MAX_PROVIDERS_OF_JOB, MAX_PROVIDERS_OF_RUN } from '../limits.ts'
import { createProviderNames } from './provider-names.ts'

function namesOf(jobs: readonly string[] = []) {
  return createProviderNames({ jobs: new Map(jobs.map((job) => [job, {}])), isDescribed: (name) => name === 'mine' })
}

it('remembers the names of a job, and of a job that is gone only for a while', () => {
  const names = namesOf(['poll'])
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
  const names = namesOf()
  names.admit('poll', 'yahoo_finance', 0)
  expect(() => names.admit('poll', 'yahoo_finance', MAX_PROVIDERS_OF_RUN)).toThrow('at most 50')
})

it('takes no new name where the store is full, but one that it has or that the host describes', () => {
  const names = namesOf()
  const stored = Array.from({ length: MAX_PROVIDERS }, (_, at) => `provider ${at}`)
  names.stored(stored.slice(1))
  expect(names.admit('poll', 'the last one', 0)).toBe('the last one')
  names.stored(stored)
  expect(() => names.admit('poll', 'one more', 0)).toThrow('one that the host describes')
  for (const name of ['the last one', 'provider 7', 'mine']) expect(names.admit('poll', name, 0)).toBe(name)
})
