import { readFileSync } from 'node:fs'

import { defineConfig } from 'vitepress'

import { readNav, readSidebar } from '../src/site/sidebar.ts'
import { slugOf } from '../src/site/slug.ts'
import { siteLinkOf } from '../src/site/source-links.ts'

const { repository } = JSON.parse(readFileSync(new URL('../../../project.json', import.meta.url), 'utf8'))

export default defineConfig({
  title: 'pm-scheduler',
  description: 'A scheduler for backend jobs with one definition of every metric, and the status endpoints around it',
  lang: 'en',
  srcDir: '../../docs',
  base: process.env['DOCS_BASE'] ?? '/',
  rewrites: { 'README.md': 'index.md' },
  metaChunk: true,
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    anchor: { slugify: slugOf },
    languageAlias: { promql: 'text' },
    config(md) {
      const { renderer } = md
      const render =
        renderer.rules['link_open'] ?? ((tokens, index, options, _, self) => self.renderToken(tokens, index, options))
      renderer.rules['link_open'] = (tokens, index, options, env, self) => {
        const token = tokens[index]
        const href = token?.attrGet('href')
        if (href) token?.attrSet('href', siteLinkOf(href, env.relativePath, { repository }))
        return render(tokens, index, options, env, self)
      }
    },
  },
  themeConfig: {
    nav: readNav(),
    sidebar: readSidebar(),
    search: { provider: 'local' },
    outline: { level: [2, 3] },
    docFooter: { prev: false, next: false },
    socialLinks: [],
  },
})
