/** A path that was matched; `params` is `null` when one of them cannot be decoded. */
export interface MatchedPath {
  readonly path: string
  readonly params: Readonly<Record<string, string>> | null
}

/** Finds the pattern that a path matches. Case matters; one slash at the end does not. */
export function matchPath(patterns: readonly string[], pathname: string): MatchedPath | null {
  const segments = split(pathname.length > 1 && pathname.endsWith('/') ? pathname.slice(0, -1) : pathname)
  for (const path of patterns) {
    const expected = split(path)
    if (expected.length !== segments.length) continue
    const pairs = expected.map((pattern, index) => ({ pattern, segment: segments[index] ?? '' }))
    if (pairs.every(({ pattern, segment }) => (isParameter(pattern) ? segment !== '' : pattern === segment)))
      return { path, params: decode(pairs.filter(({ pattern }) => isParameter(pattern))) }
  }
  return null
}

function split(path: string): readonly string[] {
  return path.split('/')
}

function isParameter(pattern: string): boolean {
  return pattern.startsWith(':')
}

function decode(
  pairs: readonly { readonly pattern: string; readonly segment: string }[],
): Record<string, string> | null {
  try {
    return Object.fromEntries(pairs.map(({ pattern, segment }) => [pattern.slice(1), decodeURIComponent(segment)]))
  } catch {
    return null
  }
}
