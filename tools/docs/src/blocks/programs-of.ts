import type { Block } from './blocks-of.ts'
import type { FixtureNames } from './fixture-names.ts'

/** One module made of a block and of those that continue it. Each of its lines has the number that it has in the page. */
export interface Program {
  readonly page: string
  /** Line of the first fence. */
  readonly line: number
  readonly text: string
  /** What is run: `text`, with the expressions compared that say their value. */
  readonly running: string
  /** Why it is not run. */
  readonly notRun: string | null
  /** It declares tests, so that vitest itself has to run it. */
  readonly forVitest: boolean
}

const SAYS = "import { deepEqual as __says } from 'node:assert/strict'"
const VITEST = /from '(vitest|@pm\/scheduler-(testing\/(vitest|conformance)|market-data\/conformance))'/

/**
 * The modules of a page's blocks of TypeScript. The imports of what the host has stand on the first line, which is the
 * page's title. Throws for a block that continues none, and for a name that no fixture has.
 */
export function programsOf(blocks: readonly Block[], fixtures: FixtureNames): readonly Program[] {
  const chains: Block[][] = []
  for (const block of blocks) {
    if (block.language !== 'ts' || block.notOurs !== null) continue
    if (!block.continues) chains.push([block])
    else if (chains.length > 0) chains.at(-1)?.push(block)
    else throw new Error(`${block.page}:${block.line} The block continues none`)
  }
  return chains.map((chain) => programOf(chain, fixtures))
}

function programOf(chain: readonly Block[], fixtures: FixtureNames): Program {
  const { page, line } = chain[0] as Block
  const imports = importsOf(chain, fixtures)
  const text = joined(chain, imports, ({ code }) => code)
  const running = joined(chain, `${SAYS}; ${imports}`, ({ code, says }) => (says ? comparing(code) : code))
  const notRun = chain.find((block) => block.notRun !== null)?.notRun ?? null
  return { page, line, text, running, notRun, forVitest: VITEST.test(text) }
}

/** The blocks at the lines that they have in the page, below what they import. */
function joined(chain: readonly Block[], imports: string, codeOf: (block: Block) => string): string {
  const lines: string[] = [imports]
  for (const block of chain) {
    while (lines.length < block.line) lines.push('')
    lines.push(...codeOf(block).split('\n'))
  }
  return `${lines.join('\n')}\n`
}

/** `expression // value` as a comparison. */
function comparing(code: string): string {
  return code.replaceAll(/^(?!import |const )(.*\S) \/\/ (.+)$/gm, '__says(($1), ($2))')
}

function importsOf(chain: readonly Block[], fixtures: FixtureNames): string {
  return chain
    .flatMap((block) => block.with.map((name) => importOf(name, `${block.page}:${block.line}`, fixtures)))
    .join('; ')
}

/** `name`, or `name as another`. */
function importOf(asked: string, where: string, fixtures: FixtureNames): string {
  const [name = ''] = asked.split(' as ')
  const fixture = fixtures.get(name)
  if (fixture === undefined) throw new Error(`${where} No fixture is called "${name}"`)
  return `import { ${fixture.isType ? 'type ' : ''}${asked} } from '#fixtures/${fixture.file}'`
}
