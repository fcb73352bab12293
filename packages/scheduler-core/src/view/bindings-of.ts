import { FOR_ADMINS, FOR_EVERYONE } from '../metrics/tables/rows.ts'
import { NOTHING_DECLARED } from '../ports/declared.ts'
import type { Described } from '../reading/described.ts'
import type { WindowId } from '../run/windows.ts'
import { isPlace } from './condition-fields.ts'
import { feedCountFields } from './feed-count-fields.ts'
import { type Fields, isNode, type ViewNode } from './node.ts'

/** One field of a view, and its binding. */
export interface FieldBinding {
  /** Its path in the response: `[]` stands for every entry of a list, `*` for every name. */
  readonly path: string
  readonly kind: 'metric' | 'fact' | 'own' | 'feed-word' | 'condition'
  /**
   * The id of the metric or the fact; `*` for the host's own metric, the word of its feeds, or the condition of its
   * providers, that the path names.
   */
  readonly id: string
  readonly window: WindowId | null
  readonly described: Pick<Described, 'audience' | 'sensitivity' | 'help'>
}

/** Every bound field of a view, in the order of the response. */
export function bindingsOf(fields: Fields, above = ''): readonly FieldBinding[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = above === '' ? name : `${above}.${name}`
    if (isPlace(field)) return [{ path: above === '' ? '*' : `${above}.*`, ...CONDITION }]
    return isNode(field) ? bindingsOfNode(field, path) : bindingsOf(field, path)
  })
}

function bindingsOfNode(node: ViewNode, path: string): readonly FieldBinding[] {
  switch (node.kind) {
    case 'metric':
      return [{ path, kind: 'metric', id: node.id, window: node.window, described: node.metric }]
    case 'fact':
      return [{ path, kind: 'fact', id: node.id, window: null, described: node.fact }]
    case 'own':
      return [{ path, kind: 'own', id: '*', window: null, described: OWN }]
    case 'feed-counts':
      return [...bindingsOf(feedCountFields(NOTHING_DECLARED), path), { path: `${path}.*`, ...DECLARED }]
    case 'list':
      return bindingsOf(node.fields, node.shape === 'list' ? `${path}[]` : `${path}.*`)
    case 'optional':
      return bindingsOfNode(node.node, path)
    case 'nullable':
      return bindingsOf(node.fields, path)
  }
}

/** The metrics of the words that the host's feeds have: there is one for every name that is no grade. */
const DECLARED = {
  kind: 'feed-word',
  id: '*',
  window: null,
  described: { ...FOR_EVERYONE, help: 'Feeds that are in a state that the host has a word for.' },
} as const

/** The conditions and attributes that the host declares: there is one for every name that is no other field. */
const CONDITION = {
  kind: 'condition',
  id: '*',
  window: null,
  described: {
    ...FOR_EVERYONE,
    help: 'The state of a condition, or the value of an attribute, that the host declares for its providers.',
  },
} as const

const OWN = {
  ...FOR_ADMINS,
  help: 'The value of a metric of the host’s own; null when it is unknown or could not be read.',
}
