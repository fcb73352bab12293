import { entriesOf, publishedPackages } from '../../tools/repo/published-packages.ts'
import type { OurPackage } from '../consumer.ts'

const WITH_ENTRIES = publishedPackages().filter((one) => entriesOf(one).length > 0)

/** Every entry of our published packages that code imports. */
export const ENTRIES: readonly string[] = WITH_ENTRIES.flatMap(entriesOf)

/** The packages that have them. */
export const LIBRARIES: readonly OurPackage[] = WITH_ENTRIES.map(({ folder }) => folder as OurPackage)

/** Whether an entry can be imported by the tests of a runner only. */
export function needsARunner(entry: string): boolean {
  return /\/(jest|vitest|conformance)$/.test(entry)
}
