import { writeFile } from 'node:fs/promises'

import type { Check } from '../consumer.ts'
import { sortDiagnostics } from '../machinery/diagnostics.ts'

export interface TypeCheckOptions {
  readonly name: string
  /** By the paths in the consumer's folder. */
  readonly files: readonly string[]
  readonly compilerOptions: Readonly<Record<string, unknown>>
  /** As of {@link Check}. */
  readonly isLong?: boolean
}

/** What every consumer's program is checked with: the declarations of its packages are read, too. */
const STRICT = { strict: true, noEmit: true, skipLibCheck: false, target: 'es2022', types: ['node'] }

/** A machine that is busy takes minutes for what an idle one does in seconds. */
const TIMEOUT_MS = 600_000

/**
 * That files compile with the declarations of our packages. A diagnostic in another's package is told and is no failure: our
 * users have it without us, too.
 */
export function typeCheck({ name, files, compilerOptions, isLong = false }: TypeCheckOptions): Check {
  return {
    name,
    isLong,
    async run({ exec, folder }) {
      const project = `tsconfig.${name.replace(/[^\w.]+/g, '-')}.json`
      await writeFile(
        `${folder}/${project}`,
        JSON.stringify({ compilerOptions: { ...STRICT, ...compilerOptions }, files }),
      )
      const { code, stdout, stderr } = await exec('tsc', ['-p', project, '--pretty', 'false'], {
        mayFail: true,
        timeoutMs: TIMEOUT_MS,
      })
      const { ours, others } = sortDiagnostics(stdout + stderr)
      if (ours.length > 0) throw new Error(ours.join('\n'))
      if (code !== 0 && others.size === 0)
        throw new Error(`tsc ended with ${code}, and said why to nobody: ${stdout}${stderr}`)
      return others.size === 0 ? undefined : `diagnostics of others: ${countsOf(others)}`
    },
  }
}

function countsOf(others: ReadonlyMap<string, number>): string {
  return [...others].map(([name, count]) => `${name} ${count}`).join(', ')
}
