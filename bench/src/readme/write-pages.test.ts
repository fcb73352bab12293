import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

import { ROOT } from '../lab/build.ts'
import { BENCHES } from '../registry.ts'
import { makePages } from './write-pages.ts'

const pages = await makePages()
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8')

it.each([...pages.keys()])('%s is what the kept results make of it (`pnpm bench readme` writes it)', (path) => {
  expect(read(path)).toBe(pages.get(path))
})

it('every plot is drawn, and shown in docs/performance.md', () => {
  const plots = BENCHES.flatMap((bench) => bench.plots.map(({ name }) => `performance/${name}.svg`))
  expect([...pages.keys()].filter((path) => path.endsWith('.svg'))).toEqual(plots.map((plot) => `docs/${plot}`))
  const shown = [...read('docs/performance.md').matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path)
  expect(shown.toSorted()).toEqual(plots.toSorted())
})

it('a plot has its axes named, with units, and no place that is not a number', () => {
  for (const bench of BENCHES) {
    for (const { name, x, y } of bench.plots) {
      const svg = pages.get(`docs/performance/${name}.svg`) ?? ''
      expect(svg).toContain(`>${x.label}<`)
      expect(svg).toContain(`>${y.label}<`)
      expect(svg).not.toMatch(/NaN|undefined/)
    }
  }
})
