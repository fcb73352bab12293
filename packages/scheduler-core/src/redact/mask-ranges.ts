import { type Hide, MASK } from './redact.ts'

/** The parts of one text that are to be hidden. */
export interface Ranges {
  readonly hide: Hide
  /** The first `length` characters of the text with one mask for each part, also for one that goes on beyond them. */
  masked(text: string, length: number): string
}

export function createRanges(): Ranges {
  const ranges: (readonly [number, number])[] = []
  return {
    hide(start, end) {
      if (end > start) ranges.push([start, end])
    },
    masked(text, length) {
      if (ranges.length === 0) return text.slice(0, length)
      let [shown, at] = ['', 0]
      for (const [start, end] of ranges.sort(([a], [b]) => a - b)) {
        if (start >= length) break
        // Two parts that overlap or touch get one mask.
        if (start > at || at === 0) shown += text.slice(at, start) + MASK
        at = Math.max(at, end)
      }
      return shown + text.slice(at, Math.max(at, length))
    },
  }
}
