import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { root } from '../project.ts'
import { defaultOf, purposeOf } from '../reference/options-page.ts'
import { referencePages } from '../reference/pages.ts'
import { readEntries } from '../reference/read-options.ts'

/** Reading the declarations of every package takes a few seconds on an idle machine. */
const SLOW = 120_000

/** What is made of built packages and of the consumers in integrations/, with tests and scripts of its own. */
const MADE_ELSEWHERE = ['sizes.md', 'supported.md']

const entries = readEntries()
const members = entries.flatMap(({ types }) =>
  types.flatMap((type) => type.members.map((member) => ({ ...member, path: `${type.name}.${member.name}` }))),
)

it('every reference is the one that the sources make (pnpm docs:reference writes them)', { timeout: SLOW }, () => {
  const pages = referencePages(entries)
  expect(readdirSync(new URL('docs/reference/', root)).sort()).toEqual([...pages.keys(), ...MADE_ELSEWHERE].sort())
  for (const [name, text] of pages) {
    expect({ name, text }).toEqual({ name, text: readFileSync(new URL(`docs/reference/${name}`, root), 'utf8') })
  }
})

describe('the reference of options', () => {
  it('says of every member what it is', () => {
    expect(members.filter((member) => purposeOf(member) === '').map(({ path }) => path)).toEqual([])
  })

  it('says of everything that may be left out what holds then', () => {
    const silent = members.filter((member) => member.isOptional && defaultOf(member) === null)
    expect(silent.map(({ path }) => path)).toEqual([])
  })

  it('has the options of a scheduler and of a job, what a handler is given, and the events', () => {
    const names = entries.flatMap(({ types }) => types.map(({ name }) => name))
    expect(names).toEqual(
      expect.arrayContaining([
        'SchedulerOptions',
        'JobOptions',
        'RetryOptions',
        'RunContext',
        'SchedulerEvents',
        'TypeormSessionsOptions',
        'AdminRouterOptions',
        'StatusClientOptions',
        'YahooOptions',
      ]),
    )
  })
})

describe('a default', () => {
  it.each([
    ['How long it waits (default 5,000). Then it ends.', '5,000', 'How long it waits. Then it ends.'],
    ['Default silent. A pino logger fits.', 'silent', 'A pino logger fits.'],
    ['Who goes first (default: those (of the host) that wait).', 'those (of the host) that wait', 'Who goes first.'],
    ['Counts from 1.', null, 'Counts from 1.'],
  ])('is read from "%s"', (text, value, purpose) => {
    expect(defaultOf({ text })).toBe(value)
    expect(purposeOf({ text, isOptional: true })).toBe(purpose)
  })
})
