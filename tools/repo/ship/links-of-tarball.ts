import { execFileSync } from 'node:child_process'

import { strayLinks } from './shipped-pages.ts'

/** The relative links of a tarball's pages that lead to no file of it, as `page: link`. */
export function strayLinksOfTarball(tarball: string): readonly string[] {
  const tar = (...args: readonly string[]) =>
    execFileSync('tar', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  const files = tar('-tzf', tarball).trim().split('\n')
  const written = files.filter((file) => /^package\/(docs\/.*|[^/]*)\.md$/.test(file))
  const pages = new Map(written.map((file) => [file.replace('package/', ''), tar('-xzOf', tarball, file)]))
  return strayLinks(pages, new Set(files.map((file) => file.replace('package/', ''))))
}
