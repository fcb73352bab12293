import { expect, it } from 'vitest'

import { BENCHES } from '../registry.ts'
import { helpText, listText } from './help.ts'
import { readCommand } from './read-command.ts'
import { UsageError } from './usage-error.ts'

function usageOf(...args: readonly string[]): unknown {
  try {
    return readCommand(args, BENCHES)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    const { code, details } = error
    return { code, ...details }
  }
}

it('without arguments all benches run at their defaults, and their results are kept', () => {
  const command = readCommand([], BENCHES)
  expect(command).toMatchObject({ kind: 'run', isQuick: false, isSaved: true, isLimited: true, beside: undefined })
  if (command.kind !== 'run') throw new Error('It does not run.')
  expect(command.benches.map(({ bench }) => bench.name)).toEqual(BENCHES.map(({ name }) => name))
  expect(command.benches.every(({ bench, options }) => equal(options, bench, 'default'))).toBe(true)
})

it('a short run has the short options, and keeps a result only when it is told to', () => {
  const command = readCommand(['--quick'], BENCHES)
  if (command.kind !== 'run') throw new Error('It does not run.')
  expect(command.isSaved).toBe(false)
  expect(command.benches.every(({ bench, options }) => equal(options, bench, 'quick'))).toBe(true)
  expect(readCommand(['--quick', '--save'], BENCHES)).toMatchObject({ isSaved: true })
})

it('options of a bench are read as the kind of their default, and its result is not kept', () => {
  const command = readCommand(['snapshot', '--runs', '10_000,1e7', '--rounds=3'], BENCHES)
  expect(command).toMatchObject({ isSaved: false, isLimited: false })
  expect(command).toMatchObject({ benches: [{ options: { runs: [10_000, 10_000_000], rounds: 3, ms: 400 } }] })
})

it('a run of all goes on where it was ended', () => {
  const command = readCommand(['--from', 'symbols'], BENCHES)
  if (command.kind !== 'run') throw new Error('It does not run.')
  expect(command.benches[0]?.bench.name).toBe('symbols')
  expect(command.isSaved).toBe(true)
})

it.each([
  ['a bench', ['schedulling'], { code: 'UNKNOWN_BENCH', given: 'schedulling', nearest: 'scheduling' }],
  ['a bench that is like none', ['qqqqqqqq'], { code: 'UNKNOWN_BENCH', given: 'qqqqqqqq', nearest: null }],
  ['a bench to go on with', ['--from', 'liv'], { code: 'UNKNOWN_BENCH', given: 'liv', nearest: 'live' }],
  ['an option', ['import', '--round', '3'], { code: 'UNKNOWN_OPTION', given: 'round', nearest: 'rounds' }],
  ['an option of another bench', ['import', '--clients', '3'], { code: 'UNKNOWN_OPTION', given: 'clients' }],
  ['a number', ['import', '--rounds', 'many'], { code: 'INVALID_VALUE', given: 'many' }],
  ['a number that is left out', ['import', '--rounds'], { code: 'INVALID_VALUE', given: '' }],
  ['a name of a list', ['durable', '--cases', 'flor'], { code: 'INVALID_VALUE', given: 'flor', nearest: 'floor' }],
  ['a checkout', ['import', '--beside', 'nowhere'], { code: 'INVALID_VALUE', given: 'nowhere' }],
])('%s that does not exist is refused', (_, args, refusal) => {
  expect(usageOf(...args)).toMatchObject(refusal)
})

it('help names every bench and, of one, every option', () => {
  expect(readCommand(['--help'], BENCHES)).toEqual({ kind: 'help', bench: null })
  expect(readCommand(['--list'], BENCHES)).toEqual({ kind: 'list' })
  const all = helpText(null, BENCHES)
  for (const bench of BENCHES) {
    expect(all).toContain(listText(BENCHES))
    expect(listText(BENCHES)).toMatch(new RegExp(`^  ${bench.name} +\\S`, 'm'))
    expect(readCommand([bench.name, '--help'], BENCHES)).toEqual({ kind: 'help', bench })
    for (const name of Object.keys(bench.options)) expect(helpText(bench, BENCHES)).toContain(`--${name} `)
  }
})

function equal(options: object, bench: (typeof BENCHES)[number], kind: 'default' | 'quick'): boolean {
  const wanted = Object.fromEntries(Object.entries(bench.options).map(([name, option]) => [name, option[kind]]))
  return JSON.stringify(options) === JSON.stringify(wanted)
}
