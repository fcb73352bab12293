import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import type { Choices } from './choices.ts'
import { DATABASES } from './databases.ts'
import { FRAMEWORKS } from './frameworks.ts'
import { manifestText } from './manifest.ts'
import type { PackageManager } from './package-manager.ts'

export interface ProjectOptions {
  readonly choices: Choices
  readonly packageManager: PackageManager
  /** The version of our packages. */
  readonly ourVersion: string
  /** The token that `.env` gets. */
  readonly token: string
}

/** The files of a project, by their paths in it with `/`. */
export type ProjectFiles = ReadonlyMap<string, string>

const TEMPLATES = fileURLToPath(new URL('../templates/', import.meta.url))

/** Every file of a project. A template that comes later replaces a file of one before. */
export function projectFiles({ choices, packageManager, ourVersion, token }: ProjectOptions): ProjectFiles {
  const { name, framework, database } = choices
  const { install, run } = packageManager
  const words = {
    name,
    schedulerName: schedulerNameOf(name),
    install,
    dev: run('dev'),
    test: run('test'),
    build: run('build'),
    start: run('start'),
    environment: DATABASES[database].environment,
    database: DATABASES[database].readme,
  }
  const folders = ['shared', ...FRAMEWORKS[framework].templates, DATABASES[database].template]
  const files = new Map([['package.json', manifestText(choices, ourVersion)]])
  for (const [path, text] of folders.flatMap(templateFiles)) files.set(path, filled(text, words))
  const example = files.get('.env.example') ?? ''
  files.set('.env', example.replace('ADMIN_TOKEN=', `ADMIN_TOKEN=${token}`))
  return files
}

/** npm leaves files such as `.gitignore` out of a package, so a template writes the dot as an underscore. */
function templateFiles(folder: string): [string, string][] {
  const from = join(TEMPLATES, folder)
  return readdirSync(from, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => {
      const path = join(parentPath, name)
      const inside = path.slice(from.length + 1).replaceAll('\\', '/')
      return [inside.replace(/(^|\/)_/, '$1.'), readFileSync(path, 'utf8')]
    })
}

/** Puts words for `{{names}}`, also for those within a word. Throws for a name that there is no word for. */
function filled(text: string, words: Readonly<Record<string, string>>): string {
  const once = text.replace(/\{\{(\w+)\}\}/g, (_match, name: string) => {
    const word = words[name]
    if (word === undefined) throw new Error(`A template has {{${name}}}, which nothing stands for.`)
    return word
  })
  return once === text ? `${text.trimEnd()}\n` : filled(once, words)
}

/** As schedulers may be called, which is fit for a database, too: lower case, digits and underscores. */
function schedulerNameOf(name: string): string {
  const plain = name.replace(/^@[^/]+\//, '').replace(/[^a-z0-9]+/g, '_')
  return plain.replace(/^_+|_+$/g, '').slice(0, 63) || 'scheduler'
}
