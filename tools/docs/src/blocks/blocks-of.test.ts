import { expect, it } from 'vitest'

import { blocksOf } from './blocks-of.ts'
import { programsOf } from './programs-of.ts'

const FENCE = '```'

const page = (...lines: readonly string[]) => ({ path: 'a.md', text: lines.join('\n') })

it('reads what the comment before a fence says', () => {
  const text = page(
    '# A',
    '',
    '<!-- continues; with: a, b as c; not run: it needs a browser -->',
    `${FENCE}ts`,
    'a()',
    FENCE,
  )
  expect(blocksOf(text)).toEqual([
    {
      page: 'a.md',
      line: 4,
      language: 'ts',
      code: 'a()',
      continues: true,
      says: false,
      with: ['a', 'b as c'],
      notRun: 'it needs a browser',
      notOurs: null,
    },
  ])
})

it('takes off the indentation of a fence in a list', () => {
  const [block] = blocksOf(page('- one', '', `  ${FENCE}ts`, '  if (a) {', '    a()', '  }', `  ${FENCE}`))
  expect(block?.code).toBe('if (a) {\n  a()\n}')
})

it.each([
  [['<!-- runs -->', `${FENCE}ts`, FENCE], 'a.md:1 Not a direction for a block: "runs"'],
  [['<!-- not run -->', `${FENCE}ts`, FENCE], 'a.md:1 Not a direction for a block: "not run"'],
  [[`${FENCE}ts`, 'a()'], 'a.md:1 The block has no end'],
])('refuses %j', (lines, message) => {
  expect(() => blocksOf(page(...lines))).toThrow(message)
})

it('joins blocks into a module whose lines are those of the page', () => {
  const text = page('# A', `${FENCE}ts`, 'one()', FENCE, '<!-- continues; with: two -->', `${FENCE}ts`, 'two()', FENCE)
  const fixtures = new Map([['two', { file: 'two.ts', isType: false }]])
  const [program, ...others] = programsOf(blocksOf(text), fixtures)
  expect(others).toEqual([])
  expect(program?.text.split('\n')).toEqual([
    "import { two } from '#fixtures/two.ts'",
    '',
    'one()',
    '',
    '',
    '',
    'two()',
    '',
  ])
})

it('refuses a block that continues none, and a name that no fixture has', () => {
  const first = blocksOf(page('<!-- continues -->', `${FENCE}ts`, FENCE))
  expect(() => programsOf(first, new Map())).toThrow('a.md:2 The block continues none')
  const unknown = blocksOf(page('<!-- with: nobody -->', `${FENCE}ts`, FENCE))
  expect(() => programsOf(unknown, new Map())).toThrow('a.md:2 No fixture is called "nobody"')
})
