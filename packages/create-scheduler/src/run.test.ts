import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import { DATABASE_NAMES } from './databases.ts'
import { FRAMEWORK_NAMES } from './frameworks.ts'
import { run } from './run.ts'

let into: string
let printed: string[]
beforeEach(() => {
  into = mkdtempSync(join(tmpdir(), 'create-'))
  printed = []
})
afterEach(() => rmSync(into, { recursive: true }))

function create(args: readonly string[], userAgent?: string): Promise<number> {
  const print = (text: string) => void printed.push(text)
  return run({ args, userAgent, isTerminal: false, print, printError: print })
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return entries.map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)).sort()
}

const COMMON = [
  ...['.dockerignore', '.env', '.env.example', '.gitignore', 'Dockerfile', 'README.md', 'package.json'],
  ...['src/access.ts', 'src/fetch-orders.ts', 'src/jobs.ts', 'src/listen.ts', 'src/listening.ts', 'src/main.ts'],
  ...['src/open-scheduler.ts', 'src/settings.ts', 'test/access.test.ts', 'test/metrics.test.ts'],
  ...['tsconfig.build.json', 'tsconfig.json'],
]

describe('a project', () => {
  const pairs = FRAMEWORK_NAMES.flatMap((framework) => DATABASE_NAMES.map((database) => [framework, database] as const))

  it.each(pairs)('of %s on %s has all its files, with nothing left to fill in', async (framework, database) => {
    const folder = join(into, 'acme')
    expect(await create([folder, '--framework', framework, '--database', database])).toBe(0)
    expect(filesOf(folder)).toEqual(expect.arrayContaining(COMMON))
    const imports = new Set<string>()
    for (const file of filesOf(folder)) {
      const text = readFileSync(join(folder, file), 'utf8')
      expect(text).not.toContain('{{')
      for (const [, from = ''] of text.matchAll(/(?:from|^import) '([^']+)'$/gm)) imports.add(from)
    }
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const packages = [...imports].filter((from) => !/^(\.|node:)/.test(from))
    const names = packages.map((from) => from.split('/', from.startsWith('@') ? 2 : 1).join('/'))
    expect(Object.keys({ ...dependencies, ...devDependencies })).toEqual(expect.arrayContaining(names))
  })

  it('has a token of its own in a file that others cannot read, and an example without one', async () => {
    await create([join(into, 'a')])
    await create([join(into, 'b')])
    const [a, b] = ['a', 'b'].map((name) => readFileSync(join(into, name, '.env'), 'utf8'))
    expect(a).toMatch(/^ADMIN_TOKEN=[\w-]{32}$/m)
    expect(a).not.toBe(b)
    expect(statSync(join(into, 'a/.env')).mode & 0o077).toBe(0)
    expect(readFileSync(join(into, 'a/.env.example'), 'utf8')).toMatch(/^ADMIN_TOKEN=$/m)
    expect(readFileSync(join(into, 'a/.gitignore'), 'utf8')).toMatch(/^\.env$/m)
  })

  it('is named after its folder, and the scheduler after both', async () => {
    await create([join(into, 'My Jobs'), '--database', 'postgresql'])
    const read = (path: string) => readFileSync(join(into, 'My Jobs', path), 'utf8')
    expect(JSON.parse(read('package.json')).name).toBe('my-jobs')
    expect(read('src/open-scheduler.ts')).toContain("name: 'my_jobs'")
    expect(read('.env')).toMatch(/^DATABASE_URL=postgres:.*\/my_jobs$/m)
  })

  it('comes with the commands of whichever package manager has called', async () => {
    await create([join(into, 'acme')], 'pnpm/12.0.0 npm/? node/v24.21.0 linux x64')
    expect(printed.join('\n')).toMatch(/ {2}cd .*acme\n {2}pnpm install\n {2}pnpm dev\n/)
    expect(readFileSync(join(into, 'acme/README.md'), 'utf8')).toContain('pnpm install\npnpm dev')
  })
})

describe('a refusal', () => {
  it('leaves a folder that has something as it is', async () => {
    writeFileSync(join(into, 'package.json'), '{}')
    expect(await create([into])).toBe(1)
    expect(printed).toEqual([`NOT_EMPTY: ${into} is not empty: it has package.json. Choose another folder.`])
    expect(filesOf(into)).toEqual(['package.json'])
  })

  it('is no refusal for a folder that is empty but for a repository', async () => {
    mkdirSync(join(into, '.git'))
    expect(await create([into])).toBe(0)
  })

  it('takes back what was written when a file cannot be', async () => {
    writeFileSync(join(into, 'file'), '')
    expect(await create([join(into, 'file/acme')])).toBe(1)
    expect(printed[0]).toMatch(/^UNWRITABLE: /)
    expect(filesOf(into)).toEqual(['file'])
  })

  it.each([
    [[], 'NO_FOLDER'],
    [['acme', '--framework', 'rails'], 'UNKNOWN_FRAMEWORK'],
  ])('comes before anything is written: %j', async (args, code) => {
    expect(await create(args)).toBe(1)
    expect(printed[0]).toContain(`${code}: `)
    expect(existsSync('acme')).toBe(false)
  })
})

it('--help lists every option', async () => {
  expect(await create(['--help'])).toBe(0)
  for (const option of ['--framework', '--database', '--name', '--yes']) expect(printed.join()).toContain(option)
})
