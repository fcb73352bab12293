import { readdirSync, readFileSync } from 'node:fs'

import { FIXTURES } from './places.ts'

/** Which file of `fixtures` exports a name, and whether it is a type alone. */
export type FixtureNames = ReadonlyMap<string, { readonly file: string; readonly isType: boolean }>

const EXPORT = /^export (?:declare )?(async function|function|class|const|type|interface) (\w+)/gm

/** The names that the files of `fixtures` export. Throws when two files have the same name. */
export function readFixtureNames(): FixtureNames {
  const names = new Map<string, { readonly file: string; readonly isType: boolean }>()
  for (const file of readdirSync(FIXTURES).filter((name) => name.endsWith('.ts'))) {
    for (const [, kind = '', name = ''] of readFileSync(new URL(file, FIXTURES), 'utf8').matchAll(EXPORT)) {
      const other = names.get(name)
      if (other) throw new Error(`Two fixtures are called "${name}", in ${other.file} and ${file}`)
      names.set(name, { file, isType: kind === 'type' || kind === 'interface' })
    }
  }
  return names
}
