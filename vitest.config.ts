import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'

import { defineConfig } from 'vitest/config'

import { FAULT_LAB, LongestFirst, NOT_FIRST } from './vitest.lanes.ts'

/**
 * Suites that watch real processes in real time, two at a time. They mostly wait and share no port and no database; what they
 * hold against a bar does not count the time in which their process could not run.
 */
const IN_REAL_TIME = [
  'packages/scheduler-typeorm/test/templates/*.test.ts',
  'examples/*/test/*.test.ts',
  'tools/embedded-postgres/src/**/*.test.ts',
]

/** Every branch of metrics, snapshots and views is taken here, so only these suites run with the counting of branches. */
const MEASURED = [
  'packages/scheduler-core/test/*.test.ts',
  'packages/scheduler-core/src/{http,metrics,monitoring,reading,snapshot,state,view}/**/*.test.ts',
  'packages/scheduler-testing/test/memory-scheduler.test.ts',
]

/** Stories of the pages that need no browser. They need the pages built, which takes a second. */
const PAGES = [
  'packages/scheduler-dashboard/test/*.test.ts',
  'packages/scheduler-dashboard/{src,app}/**/*.test.ts',
  'examples/portfolio-manager/src/web/scheduler-pages.test.ts',
]

/** Stories of the pages in a real browser, one for each project of this file. */
const IN_A_BROWSER = ['packages/scheduler-dashboard/test/browser/*.test.ts']
export const BUILT_FOR_A_BROWSER = ['packages/scheduler-dashboard/test/browser/harness/global-setup.ts']

/**
 * Stories beside the sources. They replace no module and leave nothing behind, so the files of one process share what they
 * import: else most of their time would go into importing the same sources again.
 */
const UNITS = [
  'packages/{scheduler-core,scheduler-market-data,scheduler-testing,scheduler-typeorm}/src/**/*.test.ts',
  'examples/*/src/**/*.test.ts',
  'bench/src/**/*.test.ts',
]

/** Where CI wants the runner's own counts. */
const report = process.env['VITEST_REPORT']

/** What `pnpm test` runs. The rest of the stories is in `vitest.wide.config.ts`. */
export default defineConfig({
  // Without `import`: the workers pass these on to Node, where it would hand ES modules to a package's own require().
  ssr: { resolve: { conditions: ['@pm/source', 'node', 'module'] } },
  resolve: { conditions: ['@pm/source', 'node', 'module'] },
  test: {
    reporters: report ? ['default', ['json', { outputFile: report }]] : ['default'],
    globalSetup: ['tools/embedded-postgres/src/vitest/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // How long something may take is asserted where it is a bar; elsewhere a slow machine is only slow.
    expect: { poll: { timeout: 20_000 } },
    typecheck: { enabled: false },
    // One worker for each processor: by default one of them stays idle, which is half of a small machine.
    maxWorkers: availableParallelism(),
    sequence: { sequencer: LongestFirst },
    coverage: {
      provider: 'custom',
      customProviderModule: fileURLToPath(new URL('./tools/repo/coverage-provider.ts', import.meta.url)),
      // What every number of every view goes through has no branch that no test takes.
      include: ['packages/scheduler-core/src/{metrics,reading,snapshot,status}/**/*.ts'],
      // What writes a page of the documentation is no part of a number.
      exclude: ['**/reference-page.ts'],
      reporter: [['text', { skipFull: true }]],
      thresholds: { branches: 100 },
    },
    projects: [
      {
        extends: true,
        test: {
          name: 'suite',
          include: ['{packages,examples,tools}/*/{src,test}/**/*.test.ts'],
          exclude: [
            ...NOT_FIRST,
            ...FAULT_LAB,
            ...IN_REAL_TIME,
            ...MEASURED,
            ...PAGES,
            ...UNITS,
            'packages/scheduler-dashboard/**',
          ],
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'units',
          include: UNITS,
          exclude: [...NOT_FIRST, ...IN_REAL_TIME, ...MEASURED, ...PAGES],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'measured', include: MEASURED, env: { MEASURED: '1' }, sequence: { groupOrder: 0 } },
      },
      {
        extends: true,
        test: {
          name: 'pages',
          include: PAGES,
          exclude: NOT_FIRST,
          isolate: false,
          globalSetup: ['packages/scheduler-dashboard/ensure-app.ts'],
          sequence: { groupOrder: 0 },
        },
      },
      // Most of what they do is to wait: the pages beside them have the processors.
      {
        extends: true,
        test: {
          name: 'real time',
          include: IN_REAL_TIME,
          exclude: NOT_FIRST,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: IN_A_BROWSER,
          exclude: NOT_FIRST,
          globalSetup: BUILT_FOR_A_BROWSER,
          testTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      // A cluster whose processes and servers die takes the whole machine.
      {
        extends: true,
        test: { name: 'fault lab', include: FAULT_LAB, maxWorkers: 1, sequence: { groupOrder: 2 } },
      },
    ],
  },
})
