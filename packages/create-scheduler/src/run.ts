import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { ask } from './ask.ts'
import { type Choices, completed, DEFAULTS } from './choices.ts'
import { CreateError } from './create-error.ts'
import { FRAMEWORKS } from './frameworks.ts'
import { nextSteps } from './next-steps.ts'
import { type PackageManager, packageManagerOf } from './package-manager.ts'
import { projectFiles } from './project-files.ts'
import { type Flags, HELP, readFlags } from './read-flags.ts'
import { problemOfFolder, writeProject } from './write-project.ts'

/** What a command is run with. */
export interface Command {
  readonly args: readonly string[]
  readonly userAgent: string | undefined
  /** Whether somebody can be asked. */
  readonly isTerminal: boolean
  readonly print: (text: string) => void
  readonly printError: (text: string) => void
}

/** As a shell counts somebody who has left with Ctrl-C. */
const LEFT = 130

/** Makes a project. Answers the exit code: 0 when it is made, 1 when it was refused, 130 when somebody has left. */
export async function run({ args, userAgent, isTerminal, print, printError }: Command): Promise<number> {
  try {
    const flags = readFlags(args)
    if (flags.help) {
      print(HELP)
      return 0
    }
    const choices = await choose(flags, isTerminal)
    if (choices === null) return LEFT
    make(choices, packageManagerOf(userAgent), print)
    return 0
  } catch (error) {
    if (!(error instanceof CreateError)) throw error
    printError(`${error.code}: ${error.message}`)
    return 1
  }
}

async function choose({ chosen, yes }: Flags, isTerminal: boolean): Promise<Choices | null> {
  const problem = chosen.folder === undefined ? null : problemOfFolder(chosen.folder)
  if (problem) throw problem
  if (isTerminal && !yes) return ask(chosen)
  if (chosen.folder === undefined && !yes) {
    throw new CreateError('NO_FOLDER', `Name the folder, or say --yes for ${DEFAULTS.folder}.`)
  }
  return completed({ ...chosen, folder: chosen.folder ?? DEFAULTS.folder })
}

function make(choices: Choices, packageManager: PackageManager, print: Command['print']): void {
  const token = randomBytes(24).toString('base64url')
  writeProject(choices.folder, projectFiles({ choices, packageManager, token, ourVersion: ourVersion() }))
  print(`\n${choices.name} is made, with ${FRAMEWORKS[choices.framework].title}. Next:\n`)
  print(nextSteps(choices, packageManager).replace(/^/gm, '  '))
  print('\nThe token for the status and the pages is in .env, which git ignores.')
}

/** All our packages have one version. */
function ourVersion(): string {
  return JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')).version
}
