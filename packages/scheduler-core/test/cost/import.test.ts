import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

// What an import costs, in what can be counted: nothing here is timed.

const CHILD = new URL('import-child.ts', import.meta.url).pathname
const SOURCE = new URL('../../src/', import.meta.url).href

/** The entries that are imported where nobody may ever ask for a status, a document or a series. */
const QUIET = ['.', './store', './views', './client', './prometheus', './opentelemetry']

describe.each(QUIET)('an import of the entry %s', (entry) => {
  const imported = importEntry(entry)

  it('makes no schema: each is made when something is first checked by it', async () => {
    expect((await imported).schemas).toBe(0)
  })

  it('loads no schema of the contract, and nothing that makes documents', async () => {
    const { rooms, packages } = await imported
    expect(rooms).not.toContain('contract/')
    expect(packages).not.toContain('zod-openapi')
  })
})

describe('an import of core', () => {
  const imported = importEntry('.')

  it('loads nothing of HTTP, the client or monitoring', async () => {
    const { rooms } = await imported
    expect(rooms.filter((room) => /^(http|contract|client|monitoring)\//.test(room))).toEqual([])
  })

  it('loads no package but croner, beside zod, which is loaded to count its schemas', async () => {
    expect((await imported).packages).toEqual(['croner'])
  })

  it('loads no module of Node that takes long: crypto and util are loaded when they are used', async () => {
    expect((await imported).builtins).toEqual(['node:os', 'node:perf_hooks'])
  })
})

interface Imported {
  /** The folders and files of `src`, as the boundaries know them. */
  readonly rooms: readonly string[]
  readonly packages: readonly string[]
  readonly builtins: readonly string[]
  readonly schemas: number
}

async function importEntry(entry: string): Promise<Imported> {
  const args = ['--conditions=@pm/source', '--no-warnings', CHILD, `@pm/scheduler-core${entry.slice(1)}`]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  const { loaded, schemas }: { loaded: readonly string[]; schemas: number } = JSON.parse(stdout)
  const once = (values: readonly string[]) => [...new Set(values)].sort()
  return {
    schemas,
    rooms: once(
      loaded.filter((url) => url.startsWith(SOURCE)).map((url) => url.slice(SOURCE.length).replace(/[^/]+$/, '')),
    ),
    packages: once(loaded.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1] ?? [])),
    builtins: once(loaded.filter((url) => url.startsWith('node:'))),
  }
}
