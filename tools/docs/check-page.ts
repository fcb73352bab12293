// Holds the blocks of the pages that are named, and prints what their blocks print and what is wrong with them:
// node --conditions=@pm/source tools/docs/check-page.ts docs/guides/money.md
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { startEmbeddedPostgres } from '../embedded-postgres/src/index.ts'
import { createBlockChecker } from './src/blocks/block-checker.ts'
import { readPage } from './src/blocks/pages.ts'

const pages = process.argv.slice(2).map(readPage)
const dataDir = mkdtempSync(join(tmpdir(), 'docs-postgres-'))
const postgres = await startEmbeddedPostgres({ dataDir, durable: false })
{
  await using checker = createBlockChecker({ pages, postgresUrl: postgres.url, processes: 2 })
  for (const { path } of pages) {
    const { problems, printed } = await checker.check(path)
    for (const line of printed) console.log(line)
    console.log(problems.length === 0 ? `${path}: ok` : problems.join('\n\n'))
    if (problems.length > 0) process.exitCode = 1
  }
}
await postgres.stop('immediate')
rmSync(dataDir, { recursive: true, force: true })
