import { posix } from 'node:path'

import { addressOf } from '../../docs/src/site/source-links.ts'

export interface ShippedPagesOptions {
  /** Path of the package's README from the root of the repository. */
  readonly readme: string
  readonly read: (path: string) => string
  /** The address of the repository in a browser. */
  readonly repository: string
}

/**
 * The README of a package and the pages of `docs` that it links to, by their paths in the package. Links between them
 * are relative; every other link that leads out of the package gets the address of the repository.
 */
export function shippedPages({ readme, read, repository }: ShippedPagesOptions): ReadonlyMap<string, string> {
  const text = read(readme)
  const pages = new Set(
    linksOf(text)
      .flatMap((link) => targetOf(link, readme) ?? [])
      .map(withoutAnchor)
      .filter(isPage),
  )
  const rewrite = (page: string, place: string) =>
    withLinks(read(page), (link) => {
      const target = targetOf(link, page)
      if (target === null) return link
      return pages.has(withoutAnchor(target))
        ? posix.relative(posix.dirname(place), target)
        : addressOf(target, { repository })
    })
  return new Map([
    ['README.md', rewrite(readme, 'README.md')],
    ...[...pages].map((page) => [page, rewrite(page, page)] as const),
  ])
}

/** The relative links of shipped pages that lead to no file of the package (default the pages), as `page: link`. */
export function strayLinks(
  pages: ReadonlyMap<string, string>,
  files: ReadonlySet<string> = new Set(pages.keys()),
): readonly string[] {
  return [...pages].flatMap(([page, text]) =>
    linksOf(text)
      .filter((link) => {
        const target = targetOf(link, page)
        return target !== null && !files.has(withoutAnchor(target))
      })
      .map((link) => `${page}: ${link}`),
  )
}

const LINK = /\]\(([^)\s]+)\)/g

/** A page apart from its fences, whose brackets are code. */
function withLinks(text: string, change: (link: string) => string): string {
  return text
    .split(/(^ *```[\s\S]*?^ *```$)/m)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(LINK, (_, link: string) => `](${change(link)})`)))
    .join('')
}

function linksOf(text: string): readonly string[] {
  const links: string[] = []
  withLinks(text, (link) => {
    links.push(link)
    return link
  })
  return links
}

/** Where a link leads, from the root; `null` for an address and for an anchor of the page itself. */
function targetOf(link: string, page: string): string | null {
  if (/^([a-z]+:|#)/.test(link)) return null
  return posix.normalize(posix.join(posix.dirname(page), link))
}

function withoutAnchor(path: string): string {
  return path.replace(/#.*$/, '')
}

function isPage(path: string): boolean {
  return path.startsWith('docs/') && path.endsWith('.md')
}
