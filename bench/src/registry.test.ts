import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

import { BENCHES } from './registry.ts'
import { readResult } from './report/results-folder.ts'

const here = import.meta.dirname

it('every bench has a name of its own, a module that runs it, and a text about it', () => {
  expect(new Set(BENCHES.map(({ name }) => name)).size).toBe(BENCHES.length)
  const files = BENCHES.flatMap(({ name }) => ['run.ts', 'about.md'].map((file) => join(here, name, file)))
  expect(files.filter((file) => !existsSync(file))).toEqual([])
})

it('all of them take at most fifty minutes', () => {
  expect(BENCHES.reduce((sum, { minutes }) => sum + minutes, 0)).toBeLessThanOrEqual(50)
})

it.each(BENCHES.map((bench) => [bench.name, bench] as const))(
  '%s has a result, with the columns it promises',
  (name, bench) => {
    const result = readResult(name)
    expect(result?.bench).toBe(name)
    const columns = new Map(result?.tables.map((table) => [table.name, table.columns.map(({ key }) => key)]))
    for (const { table, column, rows } of bench.targets) {
      if (columns.has(table)) expect(columns.get(table)).toEqual(expect.arrayContaining([column, ...Object.keys(rows)]))
    }
    for (const { table, x, y, series } of bench.plots) {
      expect(columns.get(table)).toEqual(expect.arrayContaining([x.column, y.column, series]))
    }
  },
)

it('a result names no folder and no host', () => {
  const texts = BENCHES.map(({ name }) => JSON.stringify(readResult(name)))
  expect(texts.filter((text) => /"[^"]*(?:\/(?:home|tmp|root|var|Users)\/|[A-Z]:\\\\)/.test(text))).toEqual([])
})

it('the command answers for help, and for a name that does not exist', () => {
  const run = (...args: readonly string[]) => {
    const flags = ['--conditions=@pm/source', join(here, 'main.ts'), ...args]
    const { status, stdout, stderr } = spawnSync(process.execPath, flags, { encoding: 'utf8' })
    return { status, stdout, stderr }
  }
  expect(run('--help')).toMatchObject({ status: 0, stderr: '', stdout: expect.stringContaining('--beside') })
  const refused = 'UNKNOWN_BENCH: There is no bench "imports". Did you mean import?\n'
  expect(run('imports')).toEqual({ status: 2, stdout: '', stderr: refused })
})
