import { matchesGlob, relative } from 'node:path'

import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What `pnpm test` leaves to `pnpm test:wide`: the second end of a matrix whose first end `pnpm test` proves, suites of faults,
 * and the sections of the pages beside the three main ones.
 */

/** The same suite once more, on another version or another setting. */
export const SECOND_ENDS = [
  'packages/scheduler-express/test/express-4.test.ts',
  // The whole contract over the handler that the routers for Express 5 wrap, and its walk.
  'packages/scheduler-testing/src/conformance/http/{fetch-handler,walk}.test.ts',
  // The stories of a scheduler that memory has told already. `pnpm test` tells a quarter of them on PostgreSQL, too.
  'packages/scheduler-typeorm/test/scheduler/share-{2,3,4}.test.ts',
  // Each migration from every state before it.
  'packages/scheduler-typeorm/src/migrations/migrations.test.ts',
  // Each schedule against a search second by second.
  'packages/scheduler-core/src/schedule/brute-force.test.ts',
  'packages/scheduler-typeorm/test/least-rights.test.ts',
  'packages/scheduler-bullmq/test/*.test.ts',
  'packages/scheduler-typeorm/test/pgbouncer/*.test.ts',
  // Rows that no scheduler writes, one way after the other.
  'packages/scheduler-typeorm/test/corrupt-rows.test.ts',
]

/** Suites that watch a process while its database, its network, its workers or its monitoring fails, or its input is wrong. */
export const FAULTS = [
  'examples/portfolio-manager/test/{bad-input,roles,workers}.test.ts',
  'packages/scheduler-typeorm/test/**/*-faults.test.ts',
  'packages/scheduler-typeorm/test/{life,migration-kills}/*.test.ts',
  'packages/scheduler-pg-boss/test/dark-network.test.ts',
  'packages/scheduler-core/test/prometheus/*.test.ts',
]

/** Suites that kill and stop processes by the dozen: they take the whole machine, and would keep every other suite waiting. */
export const CRASHES = ['packages/scheduler-typeorm/test/crash/failpoints.test.ts']

/** The same for a whole cluster, in its short form. `pnpm test` has it, the last of all. */
export const FAULT_LAB = ['packages/scheduler-pg-boss/test/fault-lab/*.test.ts']

/** What counts frames and milliseconds has the machine to itself: two pages would take each other's frames. */
export const FRAME_BY_FRAME = ['packages/scheduler-dashboard/test/browser/{live,scale}.test.ts']

/** Sections of `/admin/system`, which `pnpm test` only opens, the pages by keyboard, and the walk through every route of theirs. */
export const MORE_PAGES = [
  'packages/scheduler-dashboard/test/walk.test.ts',
  'packages/scheduler-dashboard/test/browser/system-{audit,failures,input,jobs}.test.ts',
  'packages/scheduler-dashboard/test/browser/{keyboard,queued-runs}.test.ts',
]

const WIDE = [...SECOND_ENDS, ...FAULTS, ...CRASHES, ...FRAME_BY_FRAME, ...MORE_PAGES]

/** What only `.ci/matrix` runs, before a release: further versions, modes and settings of what the other lanes prove. */
export const RELEASE_ENDS = [
  'packages/scheduler-pg-boss/test/conformance-{lowest,polling}.test.ts',
  'packages/scheduler-typeorm/test/{host-parsers,server-defaults,typeorm-0.3}.test.ts',
  'packages/scheduler-typeorm/test/templates/under-load.test.ts',
  'packages/scheduler-express/test/walk-express-{4,5}.test.ts',
]

/** Processes that die at random; the soak lane does it by the hour. */
export const RELEASE_CRASHES = ['packages/scheduler-typeorm/test/crash/processes.test.ts']

/** The quieter sections of `/admin/system`. */
export const RELEASE_PAGES = [
  'packages/scheduler-dashboard/test/browser/system-{about,bulk,facts,retired,template,waits}.test.ts',
]

/** What is in none of the projects of `pnpm test`. */
export const NOT_FIRST = [...WIDE, ...RELEASE_ENDS, ...RELEASE_CRASHES, ...RELEASE_PAGES]

/** The longest files of their projects, the longest first: one that begins last leaves the other processors idle at the end. */
const LONG = [
  'packages/scheduler-testing/test/memory-scheduler.test.ts',
  'packages/scheduler-typeorm/test/scheduler/*.test.ts',
  'packages/scheduler-express/test/express-*.test.ts',
  'packages/scheduler-typeorm/test/{corrupt-rows,server-defaults,host-parsers}.test.ts',
  'packages/scheduler-testing/src/conformance/http/{fetch-handler,walk}.test.ts',
  'packages/scheduler-typeorm/src/migrations/migrations.test.ts',
  'examples/portfolio-manager/test/end-to-end.test.ts',
  'packages/scheduler-typeorm/test/**/*-faults.test.ts',
  'packages/scheduler-dashboard/test/browser/{system-jobs,system-audit,market-data,system-facts,keyboard,admin}.test.ts',
]

/** The long files first, and the others as Vitest has them: those that failed, and then by their last durations. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    return sorted.toSorted((a, b) => placeOf(a) - placeOf(b))
  }
}

function placeOf({ moduleId }: TestSpecification): number {
  const path = relative(import.meta.dirname, moduleId)
  const place = LONG.findIndex((pattern) => matchesGlob(path, pattern))
  return place === -1 ? LONG.length : place
}
