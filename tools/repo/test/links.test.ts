import { existsSync, globSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

import { slugOf } from '../../docs/src/site/slug.ts'
import { root } from '../project.ts'

const pages = globSync('{*,docs/**/*,packages/*/*,examples/*/*,integrations/**/*,tools/*/*,bench/*}.md', {
  cwd: root,
  exclude: ['**/node_modules'],
})

it.each(pages)('every link of %s leads to a file, and to a heading of it', (page) => {
  const address = new URL(page, root)
  const text = readFileSync(address, 'utf8').replace(/```[\s\S]*?```/g, '')
  const links = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
  const ours = links.filter((link) => !/^[a-z]+:/.test(link))
  expect(ours.filter((link) => !leadsSomewhere(new URL(link, address)))).toEqual([])
})

it('docs/README.md leads to every page of docs', () => {
  const index = readFileSync(new URL('docs/README.md', root), 'utf8')
  const paths = globSync('**/*.md', { cwd: new URL('docs/', root) }).filter((path) => !/^adr\/|^README/.test(path))
  expect(paths.filter((path) => !index.includes(`](${path})`))).toEqual([])
})

function leadsSomewhere(target: URL): boolean {
  const file = new URL(target.pathname, target)
  if (!existsSync(file)) return false
  return target.hash === '' || headingsOf(file).includes(decodeURIComponent(target.hash.slice(1)))
}

/** The anchors of a page, as GitHub and the site make them of its headings. */
function headingsOf(file: URL): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => slugOf(heading))
}
