import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { DATABASES } from './databases.ts'
import { FRAMEWORKS } from './frameworks.ts'
import { rangesOf, VERSIONS } from './versions.ts'

/** What a project has and this repository does not use. */
const NOT_OURS = ['concurrently']

const workspace = readFileSync(new URL('../../../pnpm-workspace.yaml', import.meta.url), 'utf8')
const catalog = new Map(
  [...workspace.slice(workspace.indexOf('\ncatalog:')).matchAll(/^ {2}"?([^":]+)"?: (.+)$/gm)].map(
    ([, name = '', range = '']) => [name, range],
  ),
)

it('a project asks for the versions that this repository is tested with', () => {
  const tested = Object.entries(VERSIONS).filter(([name]) => !NOT_OURS.includes(name))
  expect(Object.fromEntries(tested.map(([name]) => [name, catalog.get(name)]))).toEqual(Object.fromEntries(tested))
})

it('no version is there that no project asks for', () => {
  const asked = [...Object.values(FRAMEWORKS), ...Object.values(DATABASES)].flatMap((one) => [
    ...one.dependencies,
    ...('devDependencies' in one ? one.devDependencies : []),
  ])
  const everywhere = ['@types/node', 'typescript', 'vitest']
  expect(new Set([...asked, ...everywhere].filter((name) => !name.startsWith('@pm/')))).toEqual(
    new Set(Object.keys(VERSIONS)),
  )
})

it('our packages come in the version of this one', () => {
  expect(rangesOf(['express', '@pm/scheduler-core'], '0.1.0')).toEqual({
    '@pm/scheduler-core': '^0.1.0',
    express: VERSIONS.express,
  })
})
