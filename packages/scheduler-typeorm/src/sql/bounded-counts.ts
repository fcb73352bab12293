import { MAX_COUNT } from '@pm/scheduler-core/store'

/**
 * One count and what is added to it. It stops at `MAX_COUNT`; no sum of it overflows its column, which would keep an
 * outcome from ever being stored. What is no count of ours, because it is greater or missing, stays as it is: whoever
 * reads it has to see that.
 */
export function addedCount(count: string, added: string): string {
  return `${count} + least(${added}, greatest(${MAX_COUNT} - ${count}, 0))`
}

/** The sum of a column of counts, in the same way: beyond `MAX_COUNT` it goes only where one of them already is. */
export function summedCount(count: string): string {
  return `CASE WHEN sum(${count}) > ${MAX_COUNT} AND max(${count}) <= ${MAX_COUNT} THEN ${MAX_COUNT} ELSE sum(${count}) END`
}
