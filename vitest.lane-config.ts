import { defineConfig, type TestProjectInlineConfiguration } from 'vitest/config'

import config, { BUILT_FOR_A_BROWSER } from './vitest.config.ts'

const { projects: _, coverage: __, ...common } = config.test ?? {}

/** A part of a lane. The parts of one group run beside each other, group after group. */
export interface Part {
  readonly name: string
  readonly include: readonly string[]
  readonly group: number
  /** How many processes run its files (default one for each processor). */
  readonly workers?: number
  /** What it needs beside PostgreSQL: the pages built and a browser, or the child of the crash lab. */
  readonly needs?: 'browser' | 'crash-child'
}

const SETUPS = {
  browser: BUILT_FOR_A_BROWSER,
  'crash-child': ['packages/scheduler-typeorm/test/crash/bundle-child.ts'],
}

/** The configuration of a lane beside `pnpm test`. */
export function laneOf(parts: readonly Part[]) {
  return defineConfig({ ...config, test: { ...common, projects: parts.map(toProject) } })
}

function toProject({ name, include, group, workers, needs }: Part): TestProjectInlineConfiguration {
  return {
    extends: true,
    test: {
      name,
      include: [...include],
      sequence: { groupOrder: group },
      ...(workers !== undefined && { maxWorkers: workers }),
      ...(needs !== undefined && { globalSetup: SETUPS[needs] }),
      ...(needs === 'browser' && { testTimeout: 60_000 }),
    },
  }
}
