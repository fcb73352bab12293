import type { EpochMs } from '../../clock.ts'
import type { RunId } from '../../ids.ts'
import type { JsonValue } from '../../run/json-value.ts'
import type { WindowSpan } from '../../run/windows.ts'
import { CHUNK_SIZE, Chunk } from './chunk.ts'
import { type EntryFilter, isNamed } from './entry-filter.ts'
import { bitsOf } from './id-column.ts'
import type { OpenRow, Placed } from './row.ts'

/** The settled entries of one scheduler by their position, packed in chunks. */
export class Archive {
  readonly #scheduler: string
  readonly #chunks = new Map<number, Chunk>()
  /** The chunk that was dropped last, to be filled again: columns are cheaper to keep than to make. */
  #spare: Chunk | null = null
  #size = 0
  #droppedUpTo: EpochMs = -Infinity

  constructor(scheduler: string) {
    this.#scheduler = scheduler
  }

  /** Entries that were settled up to this instant may have been dropped because of `maxEntries`. */
  get droppedUpTo(): EpochMs {
    return this.#droppedUpTo
  }

  /** Puts a settled row. */
  put(row: OpenRow): void {
    const number = Math.floor(row.position / CHUNK_SIZE)
    const chunk = this.#chunks.get(number) ?? this.#newChunk(number)
    const index = row.position % CHUNK_SIZE
    if (row.kind === 'run') chunk.putRun(index, row)
    else chunk.putUnrun(index, row.entry)
    this.#size++
  }

  has(id: RunId): boolean {
    return this.#positionOf(id) !== undefined
  }

  find(id: RunId): Placed | undefined {
    const position = this.#positionOf(id)
    return position === undefined ? undefined : this.#at(position)
  }

  remove({ position }: Placed): void {
    this.#chunkOf(position)?.remove(position % CHUNK_SIZE)
    this.#size--
  }

  /** Undoes `remove`. */
  restore({ position }: Placed): void {
    this.#chunkOf(position)?.restore(position % CHUNK_SIZE)
    this.#size++
  }

  /** The entries that have an input. */
  *withInput(): Iterable<Placed> {
    for (const [number, chunk] of this.#chunks) {
      for (const index of chunk.withInput) {
        const placed = this.#at(number * CHUNK_SIZE + index)
        if (placed) yield placed
      }
    }
  }

  setInput({ position }: Placed, input: JsonValue | null): void {
    this.#chunkOf(position)?.setInput(position % CHUNK_SIZE, input)
  }

  /** The matching entries before a position, latest first. */
  *latestFirst(before: number, filter: EntryFilter): Iterable<Placed> {
    for (const [number, chunk] of [...this.#chunks].sort(([a], [b]) => b - a)) {
      const start = number * CHUNK_SIZE
      for (let index = Math.min(CHUNK_SIZE, before - start) - 1; index >= 0; index--) {
        if (!chunk.mayMatch(index, filter)) continue
        const entry = chunk.read(index, this.#scheduler)
        if (entry && isNamed(entry, filter)) yield { position: start + index, entry }
      }
    }
  }

  /** The entries that were settled within the span, in no particular order. */
  *settledIn({ after, upTo }: WindowSpan): Iterable<Placed> {
    for (const [number, chunk] of this.#chunks) {
      if (chunk.lastSettledAt <= after || chunk.firstSettledAt > upTo) continue
      for (let index = 0; index < CHUNK_SIZE; index++) {
        const settledAt = chunk.settledAt(index)
        const entry = settledAt > after && settledAt <= upTo ? chunk.read(index, this.#scheduler) : null
        if (entry) yield { position: number * CHUNK_SIZE + index, entry }
      }
    }
  }

  /** Frees empty chunks, and drops the oldest chunks while there are more than `limit` entries. */
  compact(limit: number): void {
    for (const [number, chunk] of this.#chunks) {
      if (chunk.size > 0 && this.#size <= limit) break
      if (chunk.size > 0) this.#droppedUpTo = Math.max(this.#droppedUpTo, chunk.lastSettledAt)
      this.#size -= chunk.size
      this.#chunks.delete(number)
      chunk.clear()
      this.#spare = chunk
    }
  }

  #newChunk(number: number): Chunk {
    const chunk = this.#spare ?? new Chunk()
    this.#spare = null
    this.#chunks.set(number, chunk)
    return chunk
  }

  #positionOf(id: RunId): number | undefined {
    const bits = bitsOf(id)
    for (const [number, chunk] of this.#chunks) {
      const index = chunk.find(bits)
      if (index !== undefined) return number * CHUNK_SIZE + index
    }
    return undefined
  }

  #at(position: number): Placed | undefined {
    const entry = this.#chunkOf(position)?.read(position % CHUNK_SIZE, this.#scheduler)
    return entry ? { position, entry } : undefined
  }

  #chunkOf(position: number): Chunk | undefined {
    return this.#chunks.get(Math.floor(position / CHUNK_SIZE))
  }
}
