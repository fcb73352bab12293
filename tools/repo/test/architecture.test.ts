import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { ROOMS } from '../rooms.mjs'

const root = new URL('../../../', import.meta.url)

it('docs/architecture.md shows the rooms as the boundary check knows them', () => {
  const page = readFileSync(new URL('docs/architecture.md', root), 'utf8')
  const shown = [...page.matchAll(/^### ([a-z-]*scheduler[a-z-]*)\n\n((?:\|.*\n)+)/gm)].map(([, name, table = '']) => {
    return [name, [...table.matchAll(/^\| `(.+?)` +\| (.+?) +\|$/gm)].map(([, room, purpose]) => [room, purpose])]
  })
  expect(shown).toEqual(Object.entries(ROOMS).map(([name, rooms]) => [name, Object.entries(rooms)]))
})

it.each(Object.entries(ROOMS))('%s has the rooms that are listed, and no others', (name, rooms) => {
  const source = new URL(`packages/${name}/src/`, root)
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /(?<!\.test|\.test-d)\.ts$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`.replace(/\/+/g, '/').slice(source.pathname.length))
  const found = new Set(files.map((file) => (file.includes('/') ? file.replace(/[^/]+$/, '') : file)))
  expect([...found].sort()).toEqual(Object.keys(rooms).sort())
})
