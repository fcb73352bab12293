export interface Diagnostics {
  /** The lines of those in the consumer's files, in our packages, and of no file at all. */
  readonly ours: readonly string[]
  /** How many there are in each package of others, by its name. */
  readonly others: ReadonlyMap<string, number>
}

/** A diagnostic of tsc begins with its file; its further lines are indented. */
const OF_A_FILE = /^(?<file>[^\s(]+)\(\d+,\d+\): error /

/** What tsc printed without its colours, by whose files it is about. */
export function sortDiagnostics(output: string): Diagnostics {
  const ours: string[] = []
  const others = new Map<string, number>()
  let other: string | undefined
  for (const line of output.split('\n').filter((text) => text.trim() !== '')) {
    if (!line.startsWith(' ')) {
      other = packageOf(OF_A_FILE.exec(line)?.groups?.['file'])
      if (other !== undefined) others.set(other, (others.get(other) ?? 0) + 1)
    }
    if (other === undefined) ours.push(line)
  }
  return { ours, others }
}

/** The name of the package that a file is of; nothing when it is the consumer's or ours. */
function packageOf(file = ''): string | undefined {
  const name = /^.*node_modules\/(?<name>(?:@[^/]+\/)?[^/]+)\//.exec(file)?.groups?.['name']
  return name?.startsWith('@pm/') ? undefined : name
}
