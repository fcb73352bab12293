/**
 * Whether the reader has this version already (RFC 9110 section 13.1.2). The comparison is weak, as that section
 * requires: a proxy that compresses may have weakened the tag.
 */
export function isMatched(ifNoneMatch: string | null, etag: string): boolean {
  if (ifNoneMatch === null) return false
  if (ifNoneMatch === etag || ifNoneMatch.trim() === '*') return true
  return ifNoneMatch.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag)
}
