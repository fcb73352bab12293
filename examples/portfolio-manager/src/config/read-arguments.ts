import { UserError } from '../user-error.ts'
import type { Environment } from './read-config.ts'

/**
 * Reads the arguments as the environment variables that they stand for: `--workers 3` is `WORKERS=3`, and goes before it.
 *
 * @throws UserError that names every argument that is unknown or has no value.
 */
export function readArguments(given: readonly string[]): Environment {
  const problems: string[] = []
  const read: Record<string, string> = {}
  // A launcher may pass its own separator on.
  const left = given.filter((text) => text !== '--')
  for (let text = left.shift(); text !== undefined; text = left.shift()) {
    const [name = '', own] = text.split(/=(.*)/s)
    const variable = VARIABLES.get(name)
    if (variable === undefined) {
      problems.push(`${JSON.stringify(text)} is unknown, allowed is --workers N.`)
      continue
    }
    const value = own ?? left.shift()
    if (value === undefined || value.trim() === '') problems.push(`${name} needs a number, such as ${name} 3.`)
    else read[variable] = value
  }
  if (problems.length > 0) throw new UserError('The arguments are wrong:', problems)
  return read
}

const VARIABLES: ReadonlyMap<string, string> = new Map([['--workers', 'WORKERS']])
