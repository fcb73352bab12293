import { plainTag } from './plain-tag.ts'

/**
 * Whether the reader has this version already (RFC 9110 section 13.1.2). The comparison is weak, as that section
 * requires: a proxy that compresses may have changed the tag.
 */
export function isMatched(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((tag) => plainTag(tag) === etag)
}
