import { at } from './instants.ts'
import type { Names } from './names.ts'

/** Parameters: the scheduler, and the instant since which an instance must have been seen. */
export function deleteInstances({ instance }: Names): string {
  return `DELETE FROM ${instance} WHERE scheduler = $1 AND last_seen_at < ${at('$2')}`
}

/** Parameters: the scheduler. Deletes what instances have that are not known any more. */
export function deleteLostHoldings({ holding, instance }: Names): string {
  return `
    DELETE FROM ${holding} AS h
    WHERE h.scheduler = $1 AND NOT EXISTS (
      SELECT FROM ${instance} AS i WHERE i.scheduler = $1 AND i.instance = h.instance
    )`
}

/**
 * Parameters: the scheduler, and the instant since which a definition must have been in effect. The last one of each
 * job stays.
 */
export function deleteDefinitions({ definition }: Names): string {
  return `
    DELETE FROM ${definition} AS d
    WHERE d.scheduler = $1 AND d.until_at < ${at('$2')} AND EXISTS (
      SELECT FROM ${definition} AS l WHERE l.scheduler = $1 AND l.job = d.job AND l.began > d.began
    )`
}
