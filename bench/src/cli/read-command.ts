import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'

import type { Bench } from '../bench.ts'
import type { OptionValue } from '../result.ts'
import { nearestName } from './nearest-name.ts'
import { parseValue } from './option-values.ts'
import { UsageError } from './usage-error.ts'

export type Command =
  | { readonly kind: 'help'; readonly bench: Bench | null }
  | { readonly kind: 'list' }
  /** Writes the README and the plots from the results that are there. */
  | { readonly kind: 'readme' }
  | RunCommand

export interface RunCommand {
  readonly kind: 'run'
  readonly benches: readonly { readonly bench: Bench; readonly options: Readonly<Record<string, OptionValue>> }[]
  readonly isQuick: boolean
  readonly beside: string | undefined
  /** Whether the results replace those that are kept. */
  readonly isSaved: boolean
  /** Whether a bench may be ended for taking far longer than it says: options of its own may make it longer. */
  readonly isLimited: boolean
}

export const README_COMMAND = 'readme'

/** Options of every bench, and of the command itself. */
export const COMMON_OPTIONS = {
  quick: { type: 'boolean', is: 'a short run, which shows that it works and gives rough ratios' },
  beside: { type: 'string', is: 'CHECKOUT: measures its build too, as "before", in the same rounds' },
  save: { type: 'boolean', is: 'keeps the result of a short run, or of one with options of a bench, too' },
  from: { type: 'string', is: 'NAME: goes on with this bench, after a run of all that was ended' },
  list: { type: 'boolean', is: 'the benches, a line each' },
  help: { type: 'boolean', is: 'this, or the options of a bench' },
} as const

/** What the arguments ask for. Throws a `UsageError`, with the nearest name where there is one. */
export function readCommand(args: readonly string[], all: readonly Bench[]): Command {
  const { values, positionals, tokens } = parseArgs({
    args: args.filter((arg) => arg !== '--'),
    options: { ...COMMON_OPTIONS, ...optionsOf(all) },
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  if (positionals[0] === README_COMMAND) return { kind: 'readme' }
  const given = tokens.flatMap((token) => (token.kind === 'option' ? [token.name] : []))
  refuseUnknown(given, all)
  const named = positionals.map((name) => benchNamed(name, all))
  if (values['help'] === true) return { kind: 'help', bench: named[0] ?? null }
  if (values['list'] === true) return { kind: 'list' }
  const benches = named.length > 0 ? named : startingWith(values['from'], all)
  refuseUnknown(given, benches)
  const isQuick = values['quick'] === true
  const own = given.filter((name) => !(name in COMMON_OPTIONS))
  return {
    kind: 'run',
    benches: benches.map((bench) => ({ bench, options: valuesOf(bench, values, isQuick) })),
    isQuick,
    beside: checkoutOf(values['beside']),
    isSaved: values['save'] === true || (!isQuick && own.length === 0),
    isLimited: own.length === 0,
  }
}

type Given = Readonly<Record<string, unknown>>

function optionsOf(benches: readonly Bench[]): Record<string, { readonly type: 'string' }> {
  return Object.fromEntries(
    benches.flatMap(({ options }) => Object.keys(options).map((name) => [name, { type: 'string' }] as const)),
  )
}

function benchNamed(name: string, all: readonly Bench[]): Bench {
  const found = all.find((bench) => bench.name === name)
  if (found) return found
  const nearest = nearestName(name, [...all.map((bench) => bench.name), README_COMMAND])
  const meant = nearest === null ? '`pnpm bench --list` names them.' : `Did you mean ${nearest}?`
  throw new UsageError('UNKNOWN_BENCH', `There is no bench "${name}". ${meant}`, { given: name, nearest })
}

function startingWith(from: unknown, all: readonly Bench[]): readonly Bench[] {
  if (from === undefined) return all
  return all.slice(all.indexOf(benchNamed(String(from), all)))
}

function refuseUnknown(given: readonly string[], benches: readonly Bench[]): void {
  const known = [...Object.keys(COMMON_OPTIONS), ...Object.keys(optionsOf(benches))]
  const name = given.find((each) => !known.includes(each))
  if (name === undefined) return
  const nearest = nearestName(name, known)
  const whose = benches.length === 1 ? benches.map((bench) => bench.name).join() : 'these benches'
  const meant = nearest === null ? '`pnpm bench NAME --help` names them.' : `Did you mean --${nearest}?`
  throw new UsageError('UNKNOWN_OPTION', `There is no option --${name} of ${whose}. ${meant}`, { given: name, nearest })
}

function valuesOf({ options }: Bench, given: Given, isQuick: boolean): Readonly<Record<string, OptionValue>> {
  return Object.fromEntries(
    Object.entries(options).map(([name, option]) => {
      if (given[name] === undefined) return [name, isQuick ? option.quick : option.default]
      return [name, parseValue(name, typeof given[name] === 'string' ? given[name] : '', option)]
    }),
  )
}

function checkoutOf(given: unknown): string | undefined {
  if (given === undefined) return undefined
  const path = typeof given === 'string' ? given : ''
  if (existsSync(join(path, 'packages/scheduler-core/node_modules'))) return path
  const message = `--beside needs a checkout of this repository with its dependencies installed, not "${path}".`
  throw new UsageError('INVALID_VALUE', message, { given: path, nearest: null })
}
