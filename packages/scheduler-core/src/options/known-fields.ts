const BUT = 'no fields but '

/** Which fields a refused object may have, in words that follow "expected". */
export function noFieldsBut(known: readonly string[]): string {
  return known.length === 0 ? 'no fields' : `${BUT}${known.join(', ')}`
}

/** The fields that such words name; none where they are other words. */
export function fieldsNamedIn(words: string): readonly string[] {
  return words.startsWith(BUT) ? words.slice(BUT.length).split(', ') : []
}
