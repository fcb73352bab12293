import { readFileSync } from 'node:fs'
import { createContext, runInContext } from 'node:vm'
import { expect, it } from 'vitest'

import * as library from '../src/index.ts'

const guide = readFileSync(new URL('../../../docs/guides/money.md', import.meta.url), 'utf8')

/** Each line of a block is a statement, or an expression with its result in a comment. */
const LINES = [...guide.matchAll(/```ts\n(.*?)```/gs)].flatMap(([, block = '']) => block.trimEnd().split('\n'))

it('the guide to money says what happens', () => {
  const context = createContext({ ...library })
  let compared = 0
  for (const line of LINES) {
    const [, expression, result] = /^(.*\S) \/\/ (.*)$/.exec(line) ?? [null, line, null]
    const value: unknown = runInContext(result === null ? line : `(${expression})`, context)
    if (result === null) continue
    compared++
    expect({ line, value }).toEqual({ line, value: runInContext(`(${result})`, createContext()) })
  }
  expect(compared).toBe(13)
})
