import { basename, resolve } from 'node:path'

import { CreateError } from './create-error.ts'
import { DATABASE_NAMES, type DatabaseName } from './databases.ts'
import { FRAMEWORK_NAMES, type FrameworkName } from './frameworks.ts'

/** All that has to be known to make a project. */
export interface Choices {
  /** The folder to make, as it was typed. */
  readonly folder: string
  /** The name in the manifest. */
  readonly name: string
  readonly framework: FrameworkName
  readonly database: DatabaseName
}

export const DEFAULTS = { folder: 'my-scheduler', framework: 'express', database: 'memory' } as const

/** What was chosen, with defaults for what was not. */
export function completed({ folder, name, framework, database }: Partial<Choices> & { folder: string }): Choices {
  return {
    folder,
    name: name ?? nameFor(folder),
    framework: framework ?? DEFAULTS.framework,
    database: database ?? DEFAULTS.database,
  }
}

/** The name of a project in a folder: that of the folder, as a manifest may have it. */
export function nameFor(folder: string): string {
  const name = basename(resolve(folder))
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+|-+$/g, '')
  return name === '' ? DEFAULTS.folder : name
}

/** As npm has them: lower case, without blanks, with or without a scope. */
const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/

/** As npm limits them. */
const LONGEST_NAME = 214

/** The name as it is. Throws `BAD_NAME` when a manifest may not have it. */
export function toName(name: string): string {
  if (NAME.test(name) && name.length <= LONGEST_NAME) return name
  throw new CreateError(
    'BAD_NAME',
    `${JSON.stringify(name)} is no name of a package: use lower-case letters, digits, "-", "." and "_", such as ${nameFor(name)}.`,
  )
}

/** Throws `UNKNOWN_FRAMEWORK`. */
export function toFramework(name: string): FrameworkName {
  const found = FRAMEWORK_NAMES.find((one) => one === name)
  if (found) return found
  throw new CreateError(
    'UNKNOWN_FRAMEWORK',
    `There is no template for ${JSON.stringify(name)}: choose ${listed(FRAMEWORK_NAMES)}.`,
  )
}

/** Throws `UNKNOWN_DATABASE`. */
export function toDatabase(name: string): DatabaseName {
  const found = DATABASE_NAMES.find((one) => one === name)
  if (found) return found
  throw new CreateError(
    'UNKNOWN_DATABASE',
    `There is no template for ${JSON.stringify(name)}: choose ${listed(DATABASE_NAMES)}.`,
  )
}

function listed(names: readonly string[]): string {
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}
