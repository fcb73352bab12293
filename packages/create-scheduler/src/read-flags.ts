import { parseArgs } from 'node:util'

import { type Choices, DEFAULTS, toDatabase, toFramework, toName } from './choices.ts'
import { CreateError } from './create-error.ts'
import { DATABASE_NAMES } from './databases.ts'
import { FRAMEWORK_NAMES } from './frameworks.ts'

/** What was typed. */
export interface Flags {
  readonly chosen: Partial<Choices>
  /** Asks nothing: what was not chosen has its default. */
  readonly yes: boolean
  readonly help: boolean
}

export const HELP = `npm create @pm/scheduler [folder] -- [options]

Makes a backend with one scheduled job, its status endpoints, pages and a first test.

  --framework   ${FRAMEWORK_NAMES.join(', ')} (default ${DEFAULTS.framework})
  --database    ${DATABASE_NAMES.join(', ')} (default ${DEFAULTS.database})
  --name        the name in package.json (default that of the folder)
  --yes, -y     asks nothing
  --help, -h    this text

Asks for what is missing where there is a terminal. It writes only into a folder that is empty or not there.`

/** Reads and checks what was typed. Throws a `CreateError`. */
export function readFlags(args: readonly string[]): Flags {
  const { values, positionals } = parsed(args)
  const [folder, ...more] = positionals
  if (more.length > 0) throw new CreateError('BAD_FLAG', `One folder is made, and ${positionals.length} were named.`)
  return {
    chosen: {
      ...(folder !== undefined && { folder }),
      ...(values.name !== undefined && { name: toName(values.name) }),
      ...(values.framework !== undefined && { framework: toFramework(values.framework) }),
      ...(values.database !== undefined && { database: toDatabase(values.database) }),
    },
    yes: values.yes ?? false,
    help: values.help ?? false,
  }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        framework: { type: 'string' },
        database: { type: 'string' },
        name: { type: 'string' },
        yes: { type: 'boolean', short: 'y' },
        help: { type: 'boolean', short: 'h' },
      },
    })
  } catch (error) {
    const reason = error instanceof Error ? (error.message.split(/\. /)[0] ?? '') : String(error)
    throw new CreateError('BAD_FLAG', `${reason.replace(/\.$/, '')}. --help lists the options.`, { cause: error })
  }
}
