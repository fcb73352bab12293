/** A list of words as SQL: `'a', 'b'`. For words of this package only, which contain no quote. */
export function words(list: readonly string[]): string {
  return list.map((word) => `'${word}'`).join(', ')
}
