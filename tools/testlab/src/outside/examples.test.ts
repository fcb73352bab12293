import { globSync } from 'node:fs'
import { join } from 'node:path'

import { it } from 'vitest'

import { driveProcess } from './drive-process.ts'

const ROOT = join(import.meta.dirname, '../../../..')

/** The sample has routes of its own and a suite of its own; NestJS has decorators, which Node does not run: its own test builds it. */
const OTHERS = ['portfolio-manager', 'nestjs']
const examples = globSync('examples/*/src/main.ts', { cwd: ROOT }).filter(
  (file) => !OTHERS.some((name) => file.includes(name)),
)

/** Each takes some ten seconds, most of which are waits for heartbeats: the matrix runs them. */
it.runIf(process.env['WHOLE'] === '1').each(examples)(
  '%s is driven from outside, to its end',
  async (file) => {
    await driveProcess({ program: process.execPath, args: ['--conditions=@pm/source', join(ROOT, file)] })
  },
  120_000,
)
