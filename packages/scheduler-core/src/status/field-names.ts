import type { LibraryAudience } from '../reading/audience.ts'
import { WINDOWS } from '../run/windows.ts'
import { bindingsOf } from '../view/bindings-of.ts'
import { adminStatusViewV1 } from './admin-status-v1.ts'
import { adminStatusViewV2 } from './admin-status-v2.ts'
import { feedBlock, jobBlock } from './blocks.ts'
import { marketDataStatusViewV1 } from './market-data-status-v1.ts'
import { marketDataStatusViewV2 } from './market-data-status-v2.ts'

/** The step of a path that names a window. */
const WINDOW = new RegExp(`\\.(?:${WINDOWS.join('|')})\\.`)

/** The fields of responses by the metric that they show, for each audience: `*` stands for a name, `[]` for each entry. */
const FIELDS: Readonly<Record<LibraryAudience, ReadonlyMap<string, readonly string[]>>> = {
  admin: byMetric([...adminStatusViewV2.bindings, ...bindingsOf(jobBlock.fields), ...adminStatusViewV1.bindings]),
  'market-data': byMetric([
    ...marketDataStatusViewV2.bindings,
    ...bindingsOf(feedBlock.fields),
    ...marketDataStatusViewV1.bindings,
  ]),
}

/** The fields that show a metric, such as `calls.*.failed`; empty for one that no response has. */
export function fieldsOf(id: string, audience: LibraryAudience): readonly string[] {
  return FIELDS[audience].get(id) ?? []
}

/**
 * The metrics that a field of a response shows, by its path or its last name: several for a name such as `failed`, which
 * calls have as well as runs; none for a name that no response has.
 */
export function metricsShownAs(field: string, audience: LibraryAudience): readonly string[] {
  return [...FIELDS[audience]].flatMap(([id, paths]) =>
    paths.some((path) => path === field || path.endsWith(`.${field}`)) ? [id] : [],
  )
}

/** The last names of all fields that show a metric. */
export function fieldNames(audience: LibraryAudience): readonly string[] {
  const paths = [...FIELDS[audience].values()].flat()
  return [...new Set(paths.map((path) => path.slice(path.lastIndexOf('.') + 1)))]
}

function byMetric(bindings: ReturnType<typeof bindingsOf>): ReadonlyMap<string, readonly string[]> {
  const fields = new Map<string, Set<string>>()
  for (const { kind, id, path } of bindings) {
    if (kind !== 'metric') continue
    const known = fields.get(id) ?? new Set()
    fields.set(id, known.add(path.replace(WINDOW, '.*.')))
  }
  return new Map([...fields].map(([id, paths]) => [id, [...paths]]))
}
