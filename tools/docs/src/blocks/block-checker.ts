import { rm } from 'node:fs/promises'

import { type Block, blocksOf, type Page } from './blocks-of.ts'
import { type ChecksOfData, createDataChecks } from './check-data.ts'
import { createTypeChecker } from './check-types.ts'
import { type FixtureNames, readFixtureNames } from './fixture-names.ts'
import { MODULES } from './places.ts'
import { type Program, programsOf } from './programs-of.ts'
import { type BlockRunner, createBlockRunner } from './run-programs.ts'

export interface BlockCheckerOptions {
  readonly pages: readonly Page[]
  /** A superuser's URL of a PostgreSQL server. Databases are made in it, and removed. */
  readonly postgresUrl: string
  /** How many processes run blocks. */
  readonly processes: number
}

/** What is wrong with a page, as `page:line message`, and what its blocks printed. */
export interface CheckedPage {
  readonly problems: readonly string[]
  readonly printed: readonly string[]
}

export interface BlockChecker extends AsyncDisposable {
  /** Holds the page with this path. */
  check(path: string): Promise<CheckedPage>
}

/** Holds the blocks of pages: TypeScript is checked and run, data is parsed, SQL is run. Types are checked in one program. */
export function createBlockChecker({ pages, postgresUrl, processes }: BlockCheckerOptions): BlockChecker {
  const runner = createBlockRunner({ postgresUrl, processes })
  const data = createDataChecks({ postgresUrl })
  const names = readFixtureNames()
  const read = new Map(pages.map((page) => [page.path, partsOf(page, names)]))
  const typesOf = createTypeChecker([...read.values()].flatMap(({ programs }) => programs))

  return {
    async check(path) {
      const { blocks = [], programs = [], problems = [] } = read.get(path) ?? {}
      const ofData = problemsOfData(blocks, data)
      const checked = await Promise.all(programs.map((program) => checkProgram(program, runner, typesOf)))
      return {
        problems: [...problems, ...checked.flatMap((one) => one.problems), ...(await ofData)],
        printed: checked.flatMap(({ printed }) => printed),
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([runner[Symbol.asyncDispose](), data[Symbol.asyncDispose]()])
      await rm(MODULES, { recursive: true, force: true })
    },
  }
}

/** The compiler works while the module runs. What a module throws that does not compile is not told. */
async function checkProgram(
  program: Program,
  runner: BlockRunner,
  typesOf: (program: Program) => readonly string[],
): Promise<CheckedPage> {
  const runs = program.notRun === null && !program.forVitest
  const running = runs ? runner.run(program) : { printed: [], problems: [] }
  const untyped = typesOf(program)
  const { printed, problems } = await running
  return { printed, problems: untyped.length > 0 ? untyped : problems }
}

interface Parts {
  readonly blocks: readonly Block[]
  readonly programs: readonly Program[]
  readonly problems: readonly string[]
}

function partsOf(page: Page, names: FixtureNames): Parts {
  try {
    const blocks = blocksOf(page)
    return { blocks, programs: programsOf(blocks, names), problems: [] }
  } catch (error) {
    return { blocks: [], programs: [], problems: [(error as Error).message] }
  }
}

async function problemsOfData(blocks: readonly Block[], data: ChecksOfData): Promise<readonly string[]> {
  const checked = blocks.filter(({ notOurs }) => notOurs === null)
  return (await Promise.all(checked.map((block) => data.check(block)))).flat()
}
