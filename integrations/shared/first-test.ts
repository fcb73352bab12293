import { readFileSync } from 'node:fs'

/** README's first test of metrics, as its reader copies it: an ES module for Vitest. */
export function firstTest(): string {
  const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')
  const blocks = [...readme.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code)
  const test = blocks.find((code) => code.includes('createManualClock') && code.includes("from 'vitest'"))
  if (test === undefined) throw new Error('README has no first test of metrics for Vitest any more.')
  return test
}

/** The same with other lines in place of the import of `expect` and `it` from Vitest. */
export function firstTestWith(imports: string): string {
  return firstTest().replace(/^import \{ expect, it \} from 'vitest'$/m, imports)
}

/** An ES module as CommonJS: its imports become calls of `require`. */
export function asCommonJs(module: string): string {
  return module
    .replace(/^import (?<from>'[^']+')$/gm, 'require($<from>)')
    .replace(/^import (?<names>\{[^}]*\}|\w+) from (?<from>'[^']+')$/gm, 'const $<names> = require($<from>)')
}
