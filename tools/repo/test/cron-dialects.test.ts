import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { isSchedulerError } from '../../../packages/scheduler-core/src/errors.ts'
import { type CronOptions, cron } from '../../../packages/scheduler-core/src/schedule/cron.ts'
import { ours, readingOf } from '../cron-dialects/compare.ts'
import { DOCUMENTED } from '../cron-dialects/documented-peers.ts'
import { PEERS } from '../cron-dialects/npm-peers.ts'
import { CLOCK_ROWS, keyOf, PATTERN_ROWS, REFUSED, SAME } from '../cron-dialects/rows.ts'
import { dialectTables, type NpmColumns, withTables } from '../cron-dialects/table.ts'
import { root } from '../project.ts'

const columns: NpmColumns = JSON.parse(readFileSync(new URL('tools/repo/cron-dialects/npm-peers.json', root), 'utf8'))
const rows = [...PATTERN_ROWS, ...CLOCK_ROWS].map((row) => ({ ...row, key: keyOf(row) }))

/** Its number is one of two readings: the refusal says both. */
const AMBIGUOUS = '0 12 ? * 2-6'

describe('the dialect of cron patterns, compared with thirteen others', () => {
  it('is on its page as the tables have it (tools/repo/cron-dialects.ts writes them)', () => {
    const page = readFileSync(new URL('docs/guides/cron.md', root), 'utf8')
    expect(page).toBe(withTables(page, dialectTables(columns)))
  })

  it.each(rows)('takes as meant, or refuses: $key', (row) => {
    expect([SAME, REFUSED]).toContain(readingOf(row, ours))
  })

  it.each(rows.filter((row) => readingOf(row, ours) === REFUSED && row.pattern !== AMBIGUOUS))(
    'refuses with a replacement that is due when it is meant to be: $key',
    (row) => {
      const replacement = suggestionFor(row.pattern)
      const [, minutes] = /^every\(\{ minutes: (\d+) \}\)$/.exec(replacement) ?? []
      if (minutes !== undefined) expect(Number(minutes)).toBe(row.meant)
      else expect(readingOf({ ...row, meant: replacement.split(' and ') }, meant(row.meant))).toBe(SAME)
    },
  )

  it('replaces what a named dialect does not have as the page says', () => {
    const page = readFileSync(new URL('docs/guides/cron.md', root), 'utf8')
    const said = [...page.matchAll(/^\| `([^`]+)` +\| `(quartz|eventbridge)` +\| `([^`]+)` +\|$/gm)]
    expect(said).toHaveLength(7)
    for (const [, pattern = '', dialect, replacement] of said) {
      expect(suggestionFor(pattern, { dialect: dialect === 'quartz' ? 'quartz' : 'eventbridge' })).toBe(replacement)
    }
  })

  it('has a cell of every peer for every row, of the packages in the versions that are run', () => {
    expect(Object.fromEntries(columns.peers.map(({ name, version }) => [name, version]))).toEqual(PEERS)
    for (const { cells } of [...columns.peers, ...DOCUMENTED]) expect(cells).toHaveLength(rows.length)
  })
})

/** Reads a row's pattern as its meaning. */
function meant(patterns: readonly string[] | number): typeof ours {
  return (_pattern, asked) => {
    const dues = (typeof patterns === 'number' ? [] : patterns).flatMap((pattern) => ours(pattern, asked) ?? [])
    return dues.sort((a, b) => a.getTime() - b.getTime())[0] ?? null
  }
}

function suggestionFor(pattern: string, options: CronOptions = {}): string {
  try {
    cron(pattern, options)
  } catch (error) {
    if (isSchedulerError(error, 'INVALID_OPTIONS')) return error.details.suggestion ?? ''
    throw error
  }
  throw new Error(`${pattern} is taken`)
}
