/**
 * The known word nearest to `word` by edit distance, ignoring case; the first of several equally near ones. `null` when
 * none is within a third of the word's length.
 */
export function suggest(word: string, known: readonly string[]): string | null {
  const wanted = word.toLowerCase()
  let best: string | null = null
  let limit = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of known) {
    // The distance is at least the difference in length, so most candidates need no computation.
    if (Math.abs(candidate.length - word.length) >= limit) continue
    const distance = editDistance(wanted, candidate.toLowerCase())
    if (distance >= limit) continue
    best = candidate
    limit = distance
  }
  return best
}

/** `suggest` as a field of an error's details; an empty object when no word is near. */
export function suggestionFor(word: string, known: readonly string[]): { readonly suggestion?: string } {
  const suggestion = suggest(word, known)
  return suggestion === null ? {} : { suggestion }
}

/** Insertions, deletions, substitutions and swaps of neighbours that turn `a` into `b`. */
function editDistance(a: string, b: string): number {
  let beforeLast: readonly number[] = []
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const substituted = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(beforeLast, j - 2) + 1 : Infinity
      row.push(Math.min(at(row, j - 1) + 1, at(last, j) + 1, substituted, swapped))
    }
    beforeLast = last
    last = row
  }
  return at(last, b.length)
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity
}
