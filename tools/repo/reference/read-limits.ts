import { readFileSync } from 'node:fs'

import * as limits from '../../../packages/scheduler-core/src/limits.ts'
import { root } from '../project.ts'

/** The limits on one kind of what comes from outside. */
export interface LimitsOf {
  /** Such as `What a handler reports`. */
  readonly title: string
  readonly limits: readonly Limit[]
}

export interface Limit {
  /** What it limits, and in which unit. */
  readonly what: string
  readonly most: number
  /** What happens beyond, and why there is a limit. */
  readonly beyond: string
}

const SECTION = /^\/\/ ## (?<title>.+)$/gm
const CONSTANT = /\/\*\*\n(?<comment>(?: \*.*\n)+?) \*\/\nexport const (?<name>\w+) =/g

/** The limits as their file has them, with the values of its constants. Throws when one has no comment of two paragraphs. */
export function readLimits(): readonly LimitsOf[] {
  const source = readFileSync(new URL('packages/scheduler-core/src/limits.ts', root), 'utf8')
  const values: Readonly<Record<string, unknown>> = limits
  const [, ...parts] = source.split(SECTION)
  const sections = Array.from({ length: parts.length / 2 }, (_, at) => {
    const [title = '', text = ''] = parts.slice(2 * at, 2 * at + 2)
    return { title, limits: [...text.matchAll(CONSTANT)].map(({ groups = {} }) => limitOf(groups, values)) }
  })
  const told = sections.flatMap((section) => section.limits).length
  if (told !== Object.keys(values).length)
    throw new Error('A limit has no comment, or stands before the first section.')
  return sections
}

function limitOf(
  { name = '', comment = '' }: Partial<Record<string, string>>,
  values: Readonly<Record<string, unknown>>,
) {
  const [what, beyond, ...more] = comment
    .split('\n')
    .map((line) => line.replace(/^ \* ?/, ''))
    .join(' ')
    .split(/ {2,}/)
    .map((paragraph) => paragraph.trim())
  const most = values[name]
  if (!what || !beyond || more.length > 0 || typeof most !== 'number') throw new Error(`${name} has no two paragraphs.`)
  return { what, most, beyond }
}
