import type { FeedGroupReading } from './feed-reading.ts'

/**
 * Whether no more of its feeds are late than may be. Before there was time to ask for them (`hadTime`, default true),
 * unknown feeds do not count.
 */
export function isGroupOk(
  { total, late, lateUnknown, mayBeLate }: FeedGroupReading,
  { hadTime = true }: { readonly hadTime?: boolean } = {},
): boolean {
  return late - (hadTime ? 0 : lateUnknown) <= total * mayBeLate
}
