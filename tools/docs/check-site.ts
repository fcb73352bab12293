/**
 * Checks the built site: it asks no other server for anything, and its anchors are there. VitePress itself refuses links to
 * pages that are not. `node tools/docs/check-site.ts`, after the build.
 */
import { globSync, readFileSync } from 'node:fs'
import { posix } from 'node:path'

const dist = new URL('.vitepress/dist/', import.meta.url)
const base = process.env['DOCS_BASE'] ?? '/'
const pages = new Map(
  globSync('**/*.html', { cwd: dist }).map((path) => [path, readFileSync(new URL(path, dist), 'utf8')] as const),
)
const problems = [...pages].flatMap(([path, html]) => [
  ...requestsOf(html).map((address) => `${path} asks ${address}`),
  ...deadAnchorsOf(path, html).map((link) => `${path} links to ${link}, which has no such heading`),
])
for (const problem of problems) console.log(problem)
console.log(`${pages.size} pages, ${problems.length} problems`)
if (problems.length > 0 || pages.size === 0) process.exitCode = 1

/** What a browser loads from elsewhere. A link that a reader follows is no request. */
function requestsOf(html: string): readonly string[] {
  const tags = html.match(/<(?:script|link|img|iframe|source|video)\b[^>]*>/g) ?? []
  return tags.flatMap((tag) => tag.match(/(?<=(?:src|href)=")(?:https?:)?\/\/[^"]+/g) ?? [])
}

function deadAnchorsOf(path: string, html: string): readonly string[] {
  const links = [...html.matchAll(/<a [^>]*?href="([^":]*#[^"]+)"/g)].map(([, link = '']) => link)
  return links.filter((link) => {
    const [file = '', anchor = ''] = link.split('#')
    if (file.startsWith('//')) return false
    const target = file === '' ? path : fileOf(file, path)
    const text = pages.get(target)
    return text !== undefined && !text.includes(`id="${decodeURIComponent(anchor)}"`)
  })
}

function fileOf(link: string, page: string): string {
  const path = link.startsWith(base) ? link.slice(base.length) : posix.join(posix.dirname(page), link)
  if (path === '' || path.endsWith('/')) return `${path}index.html`
  return path.endsWith('.html') ? path : `${path}.html`
}
