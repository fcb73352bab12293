import { expect, it } from 'vitest'
import type { BenchResult, Row } from '../result.ts'
import { judge } from './judge.ts'

const TARGET = {
  says: 'fast',
  table: 'jobs',
  rows: { name: ['ours', 'too'] },
  column: 'ms',
  bound: { atMost: 10 },
} as const

function resultOf(...rows: readonly Row[]): BenchResult {
  const columns = [
    { key: 'name', title: 'name' },
    { key: 'ms', title: 'time', unit: 'ms' },
  ]
  return {
    bench: 'a',
    date: '2025-09-16T02:00:00.000Z',
    isQuick: false,
    seconds: 1,
    options: {},
    machine: { cores: 2, memoryGb: 8, platform: 'linux x64', load: [0, 0] },
    versions: {},
    builds: [],
    tables: [{ name: 'jobs', title: 'Jobs', columns, rows }],
  }
}

it.each([
  [
    'all of its rows are within the bound',
    [
      { name: 'ours', ms: 10 },
      { name: 'too', ms: 3 },
    ],
    true,
  ],
  [
    'one of its rows is beyond it',
    [
      { name: 'ours', ms: 10.1 },
      { name: 'too', ms: 3 },
    ],
    false,
  ],
  [
    'a row of somebody else is beyond it',
    [
      { name: 'ours', ms: 1 },
      { name: 'peer', ms: 30 },
    ],
    true,
  ],
  ['the median of a ratio is within it', [{ name: 'ours', ms: { median: 9, p10: 1, p90: 20 } }], true],
  ['a figure is not there', [{ name: 'ours', ms: null }], null],
  ['a process did not finish', [{ name: 'ours', ms: 'did not finish' }], null],
  ['there is no such row', [{ name: 'peer', ms: 1 }], null],
] as const)('where %s', (_, rows, isReached) => {
  expect(judge(TARGET, resultOf(...rows)).isReached).toBe(isReached)
})

it('says what was measured, and of many rows the worst', () => {
  expect(judge(TARGET, resultOf({ name: 'ours', ms: 12 }, { name: 'too', ms: 3 })).reached).toBe('12 (ours), 3 (too)')
  const many = Array.from({ length: 9 }, (_, ms) => ({ name: 'ours', ms }))
  expect(judge(TARGET, resultOf(...many)).reached).toBe('8 (ours)')
  expect(judge(TARGET, null)).toEqual({ isReached: null, reached: 'not measured' })
})
