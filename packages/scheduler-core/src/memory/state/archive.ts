import type { EpochMs } from '../../clock.ts'
import type { RunId } from '../../ids.ts'
import type { JsonValue } from '../../run/json-value.ts'
import type { LedgerEntry } from '../../run/ledger-entry.ts'
import type { WindowSpan } from '../../run/windows.ts'
import { CHUNK_SIZE, Chunk } from './chunk.ts'
import { type EntryFilter, isNamed } from './entry-filter.ts'
import { IdIndex } from './id-index.ts'

/** An entry and its position in the ledger. */
export interface Placed {
  readonly position: number
  readonly entry: LedgerEntry
}

/** The settled entries of one scheduler by their position, packed in chunks. */
export class Archive {
  readonly #scheduler: string
  readonly #chunks = new Map<number, Chunk>()
  readonly #ids = new IdIndex()
  #size = 0
  #droppedUpTo: EpochMs = -Infinity

  constructor(scheduler: string) {
    this.#scheduler = scheduler
  }

  /** Entries that were settled up to this instant may have been dropped because of `maxEntries`. */
  get droppedUpTo(): EpochMs {
    return this.#droppedUpTo
  }

  put({ position, entry }: Placed): void {
    const number = Math.floor(position / CHUNK_SIZE)
    let chunk = this.#chunks.get(number)
    if (chunk === undefined) {
      chunk = new Chunk()
      this.#chunks.set(number, chunk)
    }
    chunk.put(position % CHUNK_SIZE, entry)
    this.#ids.add(entry.id, position)
    this.#size++
  }

  find(id: RunId): Placed | undefined {
    const position = this.#ids.find(id, (at) => this.#chunkOf(at)?.hasId(at % CHUNK_SIZE, id) ?? false)
    return position === undefined ? undefined : this.#at(position)
  }

  remove({ position, entry }: Placed): void {
    this.#chunkOf(position)?.remove(position % CHUNK_SIZE)
    this.#ids.delete(entry.id, position)
    this.#size--
  }

  /** Undoes `remove`. */
  restore({ position, entry }: Placed): void {
    this.#chunkOf(position)?.restore(position % CHUNK_SIZE)
    this.#ids.add(entry.id, position)
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
      if (chunk.size > 0) this.#drop(number, chunk)
      this.#chunks.delete(number)
    }
  }

  #drop(number: number, chunk: Chunk): void {
    for (let index = 0; index < CHUNK_SIZE; index++) {
      const entry = chunk.read(index, this.#scheduler)
      if (entry) this.remove({ position: number * CHUNK_SIZE + index, entry })
    }
    this.#droppedUpTo = Math.max(this.#droppedUpTo, chunk.lastSettledAt)
  }

  #at(position: number): Placed | undefined {
    const entry = this.#chunkOf(position)?.read(position % CHUNK_SIZE, this.#scheduler)
    return entry ? { position, entry } : undefined
  }

  #chunkOf(position: number): Chunk | undefined {
    return this.#chunks.get(Math.floor(position / CHUNK_SIZE))
  }
}
