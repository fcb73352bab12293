import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { ROOT } from '../lab/build.ts'
import { BENCHES } from '../registry.ts'
import { readResult } from '../report/results-folder.ts'
import { renderReadme } from './render-readme.ts'

/** The page and the plots that the kept results make, by their paths in the repository. */
export async function makePages(): Promise<ReadonlyMap<string, string>> {
  const benches = BENCHES.map((bench) => ({
    bench,
    about: readText(`bench/src/${bench.name}/about.md`),
    result: readResult(bench.name),
  }))
  const pages = new Map([['bench/README.md', renderReadme({ intro: readText('bench/src/readme/intro.md'), benches })]])
  // Loaded only now: drawing is a large part of what starting takes.
  const { renderPlot } = await import('../plots/render-plot.ts')
  for (const { bench, result } of benches) {
    for (const plot of bench.plots) {
      const table = result?.tables.find(({ name }) => name === plot.table)
      if (table) pages.set(`docs/performance/${plot.name}.svg`, renderPlot(plot, table))
    }
  }
  return pages
}

/** Writes bench/README.md and the plots. */
export async function writePages(): Promise<void> {
  mkdirSync(join(ROOT, 'docs/performance'), { recursive: true })
  for (const [path, text] of await makePages()) writeFileSync(join(ROOT, path), text)
}

function readText(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}
