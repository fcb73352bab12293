/** Hosts on each version of Express, as ES modules and as CommonJS. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { runFile } from '../checks/run-file.ts'
import { typeCheck } from '../checks/type-check.ts'
import type { Consumer } from '../consumer.ts'
import { asCommonJs } from '../shared/first-test.ts'
import { beside, EXPRESS } from '../versions.ts'

const template = join(import.meta.dirname, 'files')

export const consumers: readonly Consumer[] = EXPRESS.map(({ express, types }) => ({
  name: `express-${express}`,
  ours: ['scheduler-core', 'scheduler-dashboard', 'scheduler-express', 'scheduler-testing'],
  installs: { express, '@types/express': types, ...beside('@types/node', 'typescript') },
  template,
  files: { 'serve.cjs': asCommonJs(readFileSync(join(template, 'serve.mjs'), 'utf8')) },
  checks: [
    runFile('serves, ESM', ['serve.mjs']),
    runFile('serves, CommonJS', ['serve.cjs']),
    typeCheck({ name: 'types', files: ['mount.ts'], compilerOptions: { module: 'nodenext' } }),
  ],
}))
