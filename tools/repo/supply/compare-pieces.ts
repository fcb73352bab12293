/** A package that comes in with another one. */
export interface Piece {
  readonly name: string
  readonly version: string
  /** An SPDX expression, or the name that the package gives its license; `null` when it names none. */
  readonly license: string | null
}

/** In what the packages that come in differ from the expected names and licenses, one sentence each; none when they agree. */
export function differences(expected: Readonly<Record<string, string>>, found: readonly Piece[]): string[] {
  const wrong = found.flatMap(({ name, version, license }) => {
    const wanted = Object.hasOwn(expected, name) ? expected[name] : undefined
    const named = `${name}@${version} (${license ?? 'no license'})`
    if (wanted === undefined) return [`${named} comes in, and nobody expects it`]
    return license === wanted ? [] : [`${named} was expected to be ${wanted}`]
  })
  const names = new Set(found.map(({ name }) => name))
  const gone = Object.keys(expected).filter((name) => !names.has(name))
  return [...wrong, ...gone.map((name) => `${name} is expected, and does not come in any more`)]
}
