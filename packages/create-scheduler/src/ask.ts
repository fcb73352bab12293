import { cancel, intro, isCancel, type Option, select, text } from '@clack/prompts'

import { type Choices, completed, DEFAULTS, nameFor, toName } from './choices.ts'
import { DATABASES, type DatabaseName } from './databases.ts'
import { FRAMEWORKS, type FrameworkName } from './frameworks.ts'
import { problemOfFolder } from './write-project.ts'

/** Asks at a terminal for what was not chosen. `null` when somebody has left with Ctrl-C or Escape. */
export async function ask(chosen: Partial<Choices>): Promise<Choices | null> {
  intro('A scheduler with its status endpoints')
  const folder = chosen.folder ?? (await askFolder())
  if (folder === null) return left()
  const name = chosen.name ?? (await askName(folder))
  if (name === null) return left()
  const framework = chosen.framework ?? (await askOne<FrameworkName>('Which framework?', FRAMEWORKS))
  if (framework === null) return left()
  const database = chosen.database ?? (await askOne<DatabaseName>('Where are runs kept?', DATABASES))
  if (database === null) return left()
  return completed({ folder, name, framework, database })
}

async function askFolder(): Promise<string | null> {
  const answer = await text({
    message: 'Where? A new folder, or . for this one',
    placeholder: DEFAULTS.folder,
    defaultValue: DEFAULTS.folder,
    validate: (folder) => problemOfFolder(folder || DEFAULTS.folder)?.message,
  })
  return isCancel(answer) ? null : answer
}

async function askName(folder: string): Promise<string | null> {
  const usual = nameFor(folder)
  const answer = await text({
    message: 'Which name?',
    placeholder: usual,
    defaultValue: usual,
    validate: (name) => problemOf(() => toName(name || usual)),
  })
  return isCancel(answer) ? null : answer
}

async function askOne<N extends string>(
  message: string,
  table: Readonly<Record<N, { readonly title: string }>>,
): Promise<N | null> {
  const names = Object.keys(table) as N[]
  const options = names.map((value) => ({ value, label: table[value].title })) as Option<N>[]
  const answer = await select<N>({ message, options })
  return isCancel(answer) ? null : answer
}

function left(): null {
  cancel('Nothing was made.')
  return null
}

function problemOf(check: () => unknown): string | undefined {
  try {
    check()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
