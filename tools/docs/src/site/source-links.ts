import { posix } from 'node:path'

export interface SourceLinkOptions {
  /** The address of the repository in a browser. */
  readonly repository: string
}

/**
 * Where a link of a page leads on the site. What is not a page of `docs` is read in the repository: a source file, a README
 * of a package, a folder. `page` is a path from `docs`, as are the links.
 */
export function siteLinkOf(link: string, page: string, { repository }: SourceLinkOptions): string {
  if (/^([a-z]+:|#)/.test(link)) return link
  const [path = '', hash] = link.split('#')
  const fromRoot = posix.normalize(posix.join('docs', posix.dirname(page), path))
  if (fromRoot.startsWith('docs/') && fromRoot.endsWith('.md')) return link
  return addressOf(hash === undefined ? fromRoot : `${fromRoot}#${hash}`, { repository })
}

/** Where a file or a folder is read in the repository. `path` is from its root, and may have an anchor. */
export function addressOf(path: string, { repository }: SourceLinkOptions): string {
  const [file = ''] = path.split('#')
  return `${repository}/${posix.extname(file) === '' ? 'tree' : 'blob'}/main/${path}`
}
