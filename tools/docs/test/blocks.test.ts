import { availableParallelism } from 'node:os'
import { afterAll, expect, inject, it } from 'vitest'

import type {} from '../../embedded-postgres/src/vitest/global-setup.ts'
import { createBlockChecker } from '../src/blocks/block-checker.ts'
import { readPages } from '../src/blocks/pages.ts'

const pages = readPages()

/** All pages wait for one TypeScript program, which takes minutes on a machine that does much else. */
const SLOW = { timeout: 300_000 }

/** A page with a mistake of each kind. */
const BROKEN = {
  path: 'broken.md',
  text: `# Broken

\`\`\`ts
import { money } from '@pm/scheduler-market-data'
money('1', 'EUR')
missing()
\`\`\`

\`\`\`ts
console.log('printed')
throw new Error('thrown')
\`\`\`

<!-- says -->
\`\`\`ts
1 + 1 // 3
\`\`\`

\`\`\`json
{
\`\`\`

<!-- with: worker -->
\`\`\`sql
GRANT SELECT ON pm_scheduler.no_such_table TO worker;
\`\`\`

\`\`\`typescript
\`\`\`
`,
}

const checker = createBlockChecker({
  pages: [...pages, BROKEN],
  postgresUrl: inject('postgresUrl'),
  processes: Math.min(2, availableParallelism()),
})
afterAll(() => checker[Symbol.asyncDispose]())

it.concurrent.each(pages)('every block of $path compiles and runs', SLOW, async ({ path }) => {
  expect((await checker.check(path)).problems).toEqual([])
})

it('tells the line of each mistake', SLOW, async () => {
  const { problems, printed } = await checker.check(BROKEN.path)
  const firstLines = problems.map((problem) => problem.split('\n')[0])
  expect(firstLines).toEqual([
    "broken.md:6 Cannot find name 'missing'.",
    'broken.md:11 Error: thrown',
    'broken.md:16 AssertionError [ERR_ASSERTION]: Expected values to be strictly deep-equal:',
    expect.stringMatching(/^broken\.md:19 .*JSON/),
    'broken.md:24 relation "pm_scheduler.no_such_table" does not exist',
    'broken.md:28 No check knows blocks of "typescript"',
  ])
  expect(printed).toEqual(['printed'])
})

it('the quick start of README prints the status of one run', SLOW, async () => {
  const { printed } = await checker.check('README.md')
  expect(printed.join('\n')).toMatch(/total_runs: 1,[\s\S]*symbols_processed: 8,[\s\S]*success_rate: 100,/)
})
