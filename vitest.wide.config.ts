import { defineConfig } from 'vitest/config'

import config, { BUILT_FOR_A_BROWSER } from './vitest.config.ts'
import { CRASHES, FAULTS, FRAME_BY_FRAME, MORE_PAGES, SECOND_ENDS } from './vitest.lanes.ts'

const { projects: _, coverage: __, ...common } = config.test ?? {}

/** What `pnpm test` leaves to `pnpm test:wide`. CI runs both. */
export default defineConfig({
  ...config,
  test: {
    ...common,
    projects: [
      { extends: true, test: { name: 'second ends', include: SECOND_ENDS, sequence: { groupOrder: 0 } } },
      { extends: true, test: { name: 'faults', include: FAULTS, maxWorkers: 2, sequence: { groupOrder: 1 } } },
      {
        extends: true,
        test: {
          name: 'crashes',
          include: CRASHES,
          globalSetup: ['packages/scheduler-typeorm/test/crash/bundle-child.ts'],
          maxWorkers: 1,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: 'more pages',
          include: MORE_PAGES,
          globalSetup: BUILT_FOR_A_BROWSER,
          testTimeout: 60_000,
          maxWorkers: 2,
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser, frame by frame',
          include: FRAME_BY_FRAME,
          globalSetup: BUILT_FOR_A_BROWSER,
          testTimeout: 60_000,
          maxWorkers: 1,
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
})
