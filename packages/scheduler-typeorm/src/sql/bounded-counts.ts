import { MAX_COUNT } from '@pm/scheduler-core/store'

/**
 * Adds to a count, up to `MAX_COUNT`. So no sum overflows its column, which would prevent an outcome from ever being
 * stored. A stored value that is greater than `MAX_COUNT` or NULL stays unchanged, so that readers detect it as
 * corrupt.
 */
export function addedCount(count: string, added: string): string {
  return `${count} + least(${added}, greatest(${MAX_COUNT} - ${count}, 0))`
}

/** The sum of a column of counts, limited in the same way. It exceeds `MAX_COUNT` only when one of the counts does. */
export function summedCount(count: string): string {
  return `CASE WHEN sum(${count}) > ${MAX_COUNT} AND max(${count}) <= ${MAX_COUNT} THEN ${MAX_COUNT} ELSE sum(${count}) END`
}
