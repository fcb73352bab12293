import { MAX_COUNT } from '@pm/scheduler-core/store'

/**
 * Adds to a count, up to `MAX_COUNT`. So no sum overflows its column, which would prevent an outcome from ever being
 * stored. A stored value that is greater than `MAX_COUNT` or NULL stays unchanged, so that readers detect it as
 * corrupt.
 */
export function addedCount(count: string, added: string): string {
  return `${count} + least(${added}, greatest(${MAX_COUNT} - ${count}, 0))`
}

/** The same where what is added may be greater than `MAX_COUNT` itself: then that is kept, so that readers detect it. */
export function addedSum(count: string, sum: string): string {
  return `CASE WHEN ${sum} > ${MAX_COUNT} THEN ${sum} ELSE ${addedCount(count, sum)} END`
}

/** The sum of a column of counts, limited in the same way. It exceeds `MAX_COUNT` only when one of the counts does. */
function summedCount(count: string): string {
  return `CASE WHEN sum(${count}) > ${MAX_COUNT} AND max(${count}) <= ${MAX_COUNT} THEN ${MAX_COUNT} ELSE sum(${count}) END`
}

/** The sum of a column of counts that goes into such a column: no sum is too great for it. */
export function storedSum(count: string): string {
  return `least(${summedCount(count)}, 9223372036854775807)`
}

/** The sum of a column of counts, or NULL when one of them is NULL, so that readers detect it as corrupt. */
export function wholeSum(count: string): string {
  return `CASE WHEN count(*) = count(${count}) THEN ${summedCount(count)} END`
}
