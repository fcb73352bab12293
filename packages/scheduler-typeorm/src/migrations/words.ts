/** A list of words as SQL: `'a', 'b'`. The words are ours, and hold no quote. */
export function words(list: readonly string[]): string {
  return list.map((word) => `'${word}'`).join(', ')
}
