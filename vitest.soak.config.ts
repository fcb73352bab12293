import { matchesGlob, relative } from 'node:path'

import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

import config from './vitest.config.ts'

const { projects: _, ...common } = config.test ?? {}

/** In this order, two at a time: the first keeps a core busy while those in real time follow each other on the other. */
const FILES = [
  'packages/scheduler-testing/test/memory-backend.test.ts',
  'packages/scheduler-typeorm/test/crash/*.test.ts',
  'packages/scheduler-pg-boss/test/fault-lab/*.test.ts',
  'packages/scheduler-typeorm/test/**/*-faults.test.ts',
  'packages/scheduler-typeorm/test/pgbouncer/*.test.ts',
  'packages/scheduler-express/test/{stream-connects,stalled-readers}.test.ts',
  'packages/scheduler-typeorm/src/migrations/migrations.test.ts',
  'packages/scheduler-typeorm/test/migration-kills/*.test.ts',
  'packages/scheduler-testing/test/command-sequences.test.ts',
  'packages/scheduler-testing/test/lives/*.test.ts',
  'packages/scheduler-typeorm/src/store/conformance.test.ts',
  'packages/scheduler-typeorm/test/server-defaults.test.ts',
  'packages/scheduler-typeorm/test/templates/*.test.ts',
]

class AsListed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((a, b) => placeOf(a.moduleId) - placeOf(b.moduleId))
  }
}

function placeOf(file: string): number {
  return FILES.findIndex((pattern) => matchesGlob(relative(import.meta.dirname, file), pattern))
}

/** The suites that crash, stop and confuse, in large numbers: at most an hour. */
export default defineConfig({
  ...config,
  test: {
    ...common,
    include: FILES,
    globalSetup: [common.globalSetup ?? [], 'packages/scheduler-typeorm/test/crash/bundle-child.ts'].flat(),
    env: { SOAK: '1', FAULT_ROUNDS: '100' },
    maxWorkers: 2,
    sequence: { sequencer: AsListed },
    testTimeout: 2_400_000,
  },
})
