/** The name that is most like a text: the fewest changed letters, at most half of its own; `null` when none is. */
export function nearestName(text: string, names: readonly string[]): string | null {
  const [best] = names
    .map((name) => ({ name, distance: distanceOf(text.toLowerCase(), name) }))
    .toSorted((a, b) => a.distance - b.distance)
  return best && best.distance <= best.name.length / 2 ? best.name : null
}

/** Levenshtein's: letters to insert, delete or replace. */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index)
  for (const [above, letter] of [...from].entries()) {
    const next = [above + 1]
    for (let index = 1; index <= to.length; index++) {
      const replaced = (row[index - 1] ?? 0) + (to[index - 1] === letter ? 0 : 1)
      next.push(Math.min(replaced, (row[index] ?? 0) + 1, (next[index - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[to.length] ?? 0
}
