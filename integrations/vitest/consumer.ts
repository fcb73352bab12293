/** Tests under Vitest: README's first one, our matchers, and their types. */
import { runProgram } from '../checks/run-file.ts'
import { typeCheck } from '../checks/type-check.ts'
import type { Consumer } from '../consumer.ts'
import { firstTest } from '../shared/first-test.ts'
import { MATCHER_TEST, matcherUse } from '../shared/matchers.ts'
import { beside, VITEST } from '../versions.ts'

export const consumers: readonly Consumer[] = VITEST.map((vitest) => ({
  name: `vitest-${vitest}`,
  ours: ['scheduler-core', 'scheduler-testing'],
  installs: { vitest, ...beside('@types/node', 'typescript') },
  manifest: { type: 'module' },
  files: {
    'vitest.config.ts': "export default { test: { setupFiles: ['set-up.ts'] } }\n",
    'set-up.ts': "import '@pm/scheduler-testing/vitest'\n",
    'first.test.ts': `${firstTest()}${MATCHER_TEST}`,
    'use.ts': matcherUse("import '@pm/scheduler-testing/vitest'\nimport { expect } from 'vitest'"),
  },
  checks: [
    runProgram('a first test and the matchers', 'vitest', ['run']),
    typeCheck({
      name: 'types of the test and the matchers',
      files: ['first.test.ts', 'set-up.ts', 'use.ts'],
      compilerOptions: { module: 'nodenext' },
    }),
  ],
}))
