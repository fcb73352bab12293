import { A_METRIC } from '../../contract/list-requests.ts'
import { SchedulerError } from '../../errors.ts'
import { definitionsFor } from '../../metrics/definitions.ts'
import { suggestionFor } from '../../options/suggest.ts'
import type { LibraryAudience } from '../../reading/audience.ts'
import { customDefinitions, declaredBy, type SchedulerSnapshot } from '../../reading/snapshot.ts'
import { fieldNames, metricsShownAs } from '../../status/field-names.ts'
import { whatCame } from '../exchange/wire-terms.ts'

export interface NameOfMetric {
  /** The id of a metric, or the name or path of a field that shows it. */
  readonly text: string
  /** Where it was given, such as `query.explain`. */
  readonly path: string
  readonly audience: LibraryAudience
  readonly snapshot: SchedulerSnapshot
}

/**
 * The id of the metric that is meant. An id goes before a field of the same name. Throws `INVALID_REQUEST` for what is
 * neither, with a suggestion that the audience may see, and for the name of a field that shows several metrics, with
 * their ids.
 */
export function namedMetric({ text, path, audience, snapshot }: NameOfMetric): string {
  const ids = definitionsFor(audience, customDefinitions(snapshot), declaredBy(snapshot)).map(({ id }) => id)
  if (ids.includes(text)) return text
  const shown = metricsShownAs(text, audience)
  const [one] = shown
  if (one !== undefined && shown.length === 1) return one
  const received = whatCame(text)
  if (shown.length > 1)
    throw new SchedulerError('INVALID_REQUEST', { path, expected: `one of ${shown.join(', ')}`, received })
  const meant = suggestionFor(text, [...ids, ...fieldNames(audience)])
  throw new SchedulerError('INVALID_REQUEST', { path, expected: A_METRIC, received, ...meant })
}
