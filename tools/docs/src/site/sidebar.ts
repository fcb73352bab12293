import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const DOCS = new URL('../../../../docs/', import.meta.url)

/** The sections, in the order in which a reader needs them. A folder of `docs` that is not here has no section. */
const SECTIONS = {
  concepts: 'Concepts',
  guides: 'Guides',
  recipes: 'Recipes',
  operations: 'Operations',
  migrating: 'Migrating',
  reference: 'Reference',
  adr: 'Decisions',
} as const

export interface Section {
  readonly text: string
  readonly collapsed: boolean
  readonly items: readonly { readonly text: string; readonly link: string }[]
}

/** The folders of pages with the titles of their pages. Pages beside the folders are the first section. */
export function readSidebar(): Section[] {
  const about = { text: 'About', collapsed: false, items: itemsOf('*.md') }
  const sections = Object.entries(SECTIONS).map(([folder, text]) => ({
    text,
    collapsed: true,
    items: itemsOf(`${folder}/**/*.md`),
  }))
  return [about, ...sections].filter(({ items }) => items.length > 0)
}

/** The first page of each section, for the bar at the top. */
export function readNav(): { text: string; link: string; activeMatch: string }[] {
  return readSidebar().flatMap(({ text, items: [first] }) => {
    if (first === undefined || text === 'About' || text === 'Decisions') return []
    return [{ text, link: first.link, activeMatch: first.link.replace(/[^/]*$/, '') }]
  })
}

function itemsOf(pattern: string): Section['items'] {
  return globSync(pattern, { cwd: fileURLToPath(DOCS) })
    .filter((path) => path !== 'README.md')
    .map((path) => ({ text: titleOf(path), link: `/${path.replace(/\.md$/, '').replace(/README$/, '')}` }))
    .sort(
      (a, b) =>
        placeOf(a) - placeOf(b) || (isDecision(a) ? a.link.localeCompare(b.link) : a.text.localeCompare(b.text)),
    )
}

/** Where a newcomer begins stands first. */
function placeOf({ link }: Section['items'][number]): number {
  return link.endsWith('/getting-started') ? 0 : 1
}

function isDecision({ link }: Section['items'][number]): boolean {
  return link.includes('/adr/')
}

function titleOf(path: string): string {
  const [, title = path] = /^# (.+)$/m.exec(readFileSync(new URL(path, DOCS), 'utf8')) ?? []
  return title.replaceAll('`', '')
}
