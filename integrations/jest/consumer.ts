/** Tests under Jest 30: in CommonJS, as ES modules, and in TypeScript by ts-jest; our matchers, and their types. */
import { runProgram } from '../checks/run-file.ts'
import { typeCheck } from '../checks/type-check.ts'
import type { Consumer } from '../consumer.ts'
import { asCommonJs, firstTestWith } from '../shared/first-test.ts'
import { MATCHER_TEST, matcherUse } from '../shared/matchers.ts'
import { beside, JEST } from '../versions.ts'

const OURS = ['scheduler-core', 'scheduler-testing'] as const
const TEST = `${firstTestWith('')}${MATCHER_TEST}`
const WITH_GLOBALS = `${firstTestWith("import { expect, it } from '@jest/globals'")}${MATCHER_TEST}`

export const consumers: readonly Consumer[] = [
  {
    name: `jest-${JEST.jest}-commonjs`,
    ours: OURS,
    installs: { jest: JEST.jest },
    manifest: { jest: { setupFilesAfterEnv: ['@pm/scheduler-testing/jest'] } },
    files: { 'first.test.js': asCommonJs(TEST) },
    isShort: true,
    checks: [runProgram('a first test and the matchers', 'jest', ['--ci'])],
  },
  {
    name: `jest-${JEST.jest}-esm`,
    ours: OURS,
    installs: { jest: JEST.jest, '@jest/globals': JEST.jest, ...beside('@types/node', 'typescript') },
    manifest: { type: 'module', jest: { setupFilesAfterEnv: ['@pm/scheduler-testing/jest'], transform: {} } },
    files: {
      'first.test.js': WITH_GLOBALS,
      'use.ts': matcherUse("import '@pm/scheduler-testing/jest'\nimport { expect } from '@jest/globals'"),
    },
    checks: [
      runProgram('a first test and the matchers', 'node', [
        '--experimental-vm-modules',
        'node_modules/jest/bin/jest.js',
        '--ci',
      ]),
      typeCheck({
        name: 'types of the matchers, by @jest/globals',
        files: ['use.ts'],
        compilerOptions: { module: 'nodenext' },
      }),
    ],
  },
  {
    name: `ts-jest-${JEST['ts-jest']}`,
    ours: OURS,
    installs: { ...JEST, ...beside('@types/node', 'typescript') },
    manifest: { jest: { preset: 'ts-jest', setupFilesAfterEnv: ['./set-up.ts'] } },
    files: {
      'tsconfig.json': JSON.stringify({
        compilerOptions: { module: 'nodenext', strict: true, types: ['node', 'jest'], isolatedModules: true },
      }),
      'set-up.ts': "import '@pm/scheduler-testing/jest'\n",
      'first.test.ts': TEST,
      'use.ts': matcherUse("import '@pm/scheduler-testing/jest'"),
    },
    checks: [
      runProgram('a first test and the matchers', 'jest', ['--ci']),
      typeCheck({
        name: 'types of the matchers, by @types/jest',
        files: ['first.test.ts', 'set-up.ts', 'use.ts'],
        compilerOptions: { module: 'nodenext', types: ['node', 'jest'] },
      }),
    ],
  },
]
