import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { readProject, root } from '../project.ts'
import { shippedPages, strayLinks } from '../ship/shipped-pages.ts'

const { repository } = readProject()
const read = (path: string) => readFileSync(new URL(path, root), 'utf8')
const shipped = (name: string) => shippedPages({ readme: `packages/${name}/README.md`, read, repository })
const packages = readdirSync(new URL('packages/', root)).filter(
  (name) => existsSync(new URL(`packages/${name}/README.md`, root)) && shipped(name).size > 1,
)

describe('the pages that a package ships', () => {
  it.each(packages)('have no link that leaves %s, but for addresses of the repository', (name) => {
    expect(strayLinks(shipped(name))).toEqual([])
  })

  it.each(packages)('are in the tarball of %s', (name) => {
    const { files, scripts } = JSON.parse(read(`packages/${name}/package.json`))
    expect(files).toContain('docs')
    expect(scripts.prepack).toBe('node ../../tools/repo/ship-docs.ts')
    expect(scripts.postpack).toBe('node ../../tools/repo/ship-docs.ts --restore')
  })

  it('link to each other as before, and to the repository otherwise', () => {
    const texts: Readonly<Record<string, string>> = {
      'packages/a/README.md': '[one](../../docs/guides/one.md#x), [b](../b/README.md), [out](https://example.com)',
      'docs/guides/one.md': '# One\n[two](two.md) [self](#x)\n```ts\na[0](../b)\n```\n',
    }
    const pages = shippedPages({
      readme: 'packages/a/README.md',
      read: (path) => texts[path] ?? '',
      repository: 'https://example.org/r',
    })
    expect(Object.fromEntries(pages)).toEqual({
      'README.md':
        '[one](docs/guides/one.md#x), [b](https://example.org/r/blob/main/packages/b/README.md), [out](https://example.com)',
      'docs/guides/one.md':
        '# One\n[two](https://example.org/r/blob/main/docs/guides/two.md) [self](#x)\n```ts\na[0](../b)\n```\n',
    })
  })

  it('are told when a link leads nowhere', () => {
    expect(strayLinks(new Map([['README.md', '[a](docs/a.md) [b](../b.md)']]))).toEqual([
      'README.md: docs/a.md',
      'README.md: ../b.md',
    ])
  })
})
