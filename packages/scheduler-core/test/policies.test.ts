import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { jobConfigBody } from '../src/contract/config-requests.ts'
import { jobConfig, policies } from '../src/contract/job.ts'
import { NO_CONFIG, patchJobConfig } from '../src/control/config.ts'
import { configChanges } from '../src/control/config-changes.ts'
import { initialControl } from '../src/control/control.ts'
import { parseJobPatch } from '../src/control/parse-config.ts'
import { readJobConfig } from '../src/control/read-config.ts'
import { toJobConfigView, toPoliciesView } from '../src/http/views/policies-view.ts'
import { defineJob } from '../src/job/define-job.ts'
import { effectivePolicies } from '../src/job/effective-policies.ts'
import type { JobOptions } from '../src/job/job.ts'
import { summaryOf } from '../src/policy/in-words.ts'
import { JOB_POLICIES, RETRY_POLICIES } from '../src/policy/policies.ts'
import { type Policy, wordsOf } from '../src/policy/policy.ts'
import { wireName } from '../src/policy/wire.ts'
import { every } from '../src/schedule/every.ts'
import { toPolicies } from '../src/snapshot/to-policies.ts'

const SCHEDULE = every({ minutes: 15 })
const JOB = defineJob({ name: 'poll', schedule: SCHEDULE, handler: () => {} })

interface Case {
  readonly path: string
  readonly policy: Policy
  /** The policies of a job in which this one has the given value. */
  readonly having: (value: unknown) => object
}

const CASES: readonly Case[] = [
  ...Object.entries(JOB_POLICIES).map(([name, policy]) => ({
    path: name,
    policy,
    having: (value: unknown) => ({ [name]: value }),
  })),
  ...Object.entries(RETRY_POLICIES).map(([name, policy]) => ({
    path: `retry.${name}`,
    policy,
    having: (value: unknown) => ({ retry: { [name]: value } }),
  })),
]
const SETTABLE = CASES.filter(({ policy }) => policy.reach === 'operators')

const isIn = (policy: Policy): readonly unknown[] => {
  if (policy.kind === 'name') return ['default', 'a', '0:b.c_d-e']
  return policy.kind === 'word' ? wordsOf(policy) : [policy.min, policy.max]
}
const isOut = (policy: Policy): readonly unknown[] => {
  if (policy.kind === 'name') return ['', 'A', '-a', 'a b', 'a'.repeat(65), 1]
  return policy.kind === 'word' ? ['none', ''] : [policy.min - 1, policy.max + 1, 1.5, '1']
}

describe.each(CASES)('$path', ({ path, policy, having }) => {
  it('is an option of a job with these values and no others', () => {
    for (const value of isIn(policy)) expect(define(having(value))).toMatchObject(having(value))
    const refused = { code: 'INVALID_OPTIONS', details: { path: `job.${path}` } }
    for (const value of isOut(policy)) expect(thrownBy(() => define(having(value)))).toMatchObject(refused)
  })

  it('is in the snapshot and in JSON, in the words of the table, unless its reach is the code', () => {
    const [, value] = isIn(policy)
    const job = define(having(value))
    const view = toPoliciesView(toPolicies(job))
    expect(policies.parse(view)).toEqual(view)
    const expected = policy.reach === 'code' ? {} : toJson(having(value))
    expect(view).toMatchObject(expected)
    expect(JSON.stringify(view).includes(`"${wireName(path.replace('retry.', ''))}"`)).toBe(policy.reach !== 'code')
  })

  it('can be set at run time only where operators may', () => {
    const [value] = isIn(policy)
    const isSettable = policy.reach === 'operators'
    expect(thrownBy(() => parseJobPatch(having(value), { schedule: SCHEDULE })) === null).toBe(isSettable)
    expect(readJobConfig(having(value)).corrupt).toEqual(isSettable ? [] : [path])
    expect(jobConfigBody.safeParse(toJson(having(value))).success).toBe(isSettable)
  })
})

describe.each(SETTABLE)('$path, set at run time', ({ path, policy, having }) => {
  it('is in effect, shown and logged until it is taken back', () => {
    for (const value of isIn(policy)) {
      const patch = parseJobPatch(having(value), { schedule: SCHEDULE })
      const config = patchJobConfig(NO_CONFIG, 'poll', patch)
      const { value: override, corrupt } = readJobConfig(config.jobs['poll'])
      expect(corrupt).toEqual([])
      expect(effectivePolicies(JOB, override)).toMatchObject(having(value))
      const view = toJobConfigView(override)
      expect(view).toEqual(toJson(having(value)))
      expect(jobConfig.parse(view)).toEqual(view)

      const command = { kind: 'configure-job', job: 'poll', patch, by: 'ada', why: null } as const
      const control = initialControl(0)
      const changes = configChanges(command, control, { ...control, config })
      expect(changes).toEqual([{ setting: path, from: null, to: value }])
      const back = parseJobPatch(having(null), { schedule: SCHEDULE })
      expect(patchJobConfig(config, 'poll', back).jobs).toEqual({})
    }
  })

  it('is refused in a patch, and left out of a stored override, when its value is invalid', () => {
    for (const value of isOut(policy)) {
      const refused = { code: 'INVALID_OPTIONS', details: { path: `job.${path}` } }
      expect(thrownBy(() => parseJobPatch(having(value), { schedule: SCHEDULE }))).toMatchObject(refused)
      expect(readJobConfig(having(value)).corrupt).toEqual([path])
      expect(jobConfig.safeParse(toJson(having(value))).success).toBe(false)
    }
  })
})

it('each policy has a comment over it, which an editor shows at the field of a job: its help and its default', () => {
  const source = readFileSync(new URL('../src/policy/policies.ts', import.meta.url), 'utf8')
  const comments = [...source.matchAll(/^ {2}\/\*\*(.+?)\*\/\n {2}(\w+): /gms)].map(([, text = '', name]) => {
    return [name, text.replaceAll(/\s+(?:\* )?/g, ' ').trim()]
  })
  const table = [...Object.entries(JOB_POLICIES), ...Object.entries(RETRY_POLICIES)]
  expect(comments).toEqual(table.map(([name, policy]) => [name, summaryOf(policy)]))
})

function define(policies: object) {
  const options: JobOptions = { name: 'poll', schedule: SCHEDULE, handler: () => {}, ...policies }
  return defineJob(options)
}

function toJson(values: object): object {
  const entries = Object.entries(values).map(([name, value]) => {
    return [wireName(name), typeof value === 'object' && value !== null ? toJson(value) : value]
  })
  return Object.fromEntries(entries)
}

function thrownBy(act: () => unknown): unknown {
  try {
    act()
    return null
  } catch (error) {
    return error
  }
}
