import type { FeedGroupReading } from './feed-reading.ts'

/**
 * Whether no more of its feeds are late than may be. Before there was time to ask for them (`hadTime`, default true),
 * unknown feeds do not count.
 */
export function isGroupOk(
  { total, late, lateUnknown, mayBeLate }: FeedGroupReading,
  { hadTime = true }: { readonly hadTime?: boolean } = {},
): boolean {
  const behind = late - (hadTime ? 0 : lateUnknown)
  // A quotient is rounded as the share was when it was written: 29 of 100 are 0.29, but 100 * 0.29 is less than 29.
  return behind === 0 || behind / total <= mayBeLate
}
