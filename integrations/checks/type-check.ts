import { writeFile } from 'node:fs/promises'

import type { Check } from '../consumer.ts'

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

/** A diagnostic of tsc begins with its file. What comes before the first, such as an error of an option, is ours. */
const DIAGNOSTIC = /^(?<file>[^\s(]+)\(\d+,\d+\): error /

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
      const { stdout, stderr } = await exec('tsc', ['-p', project, '--pretty', 'false'], { mayFail: true })
      const { ours, others } = sortDiagnostics(stdout + stderr)
      if (ours.length > 0) throw new Error(ours.join('\n'))
      return others.size === 0 ? undefined : `diagnostics of others: ${countsOf(others)}`
    },
  }
}

interface Sorted {
  readonly ours: string[]
  /** How many by package. */
  readonly others: Map<string, number>
}

function sortDiagnostics(output: string): Sorted {
  const sorted: Sorted = { ours: [], others: new Map() }
  let isOther = false
  for (const line of output.split('\n').filter((text) => text.trim() !== '')) {
    const file = DIAGNOSTIC.exec(line)?.groups?.['file']
    // The lines of one diagnostic after its first are indented.
    if (file !== undefined || !line.startsWith(' ')) {
      const other = file === undefined ? undefined : packageOf(file)
      isOther = other !== undefined
      if (other !== undefined) sorted.others.set(other, (sorted.others.get(other) ?? 0) + 1)
    }
    if (!isOther) sorted.ours.push(line)
  }
  return sorted
}

/** The name of the package that a file is of; nothing when it is the consumer's or ours. */
function packageOf(file: string): string | undefined {
  const inPackage = /^.*node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//.exec(file)?.groups?.['name']
  return inPackage?.startsWith('@pm/') ? undefined : inPackage
}

function countsOf(others: ReadonlyMap<string, number>): string {
  return [...others].map(([name, count]) => `${name} ${count}`).join(', ')
}
