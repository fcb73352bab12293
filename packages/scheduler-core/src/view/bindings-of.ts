import type { Described } from '../metrics/described.ts'
import type { WindowId } from '../metrics/windows.ts'
import { type Fields, isNode, type ViewNode } from './node.ts'

/** One field of a view and what it is bound to. */
export interface Binding {
  /** Where in the response: `[]` stands for every entry of a list, `*` for every name. */
  readonly path: string
  readonly kind: 'metric' | 'fact'
  /** Of the metric or the fact. */
  readonly id: string
  readonly window: WindowId | null
  readonly described: Pick<Described, 'audience' | 'sensitivity' | 'help'>
}

/** Every bound field of a view, in the order of the response. */
export function bindingsOf(fields: Fields, above = ''): readonly Binding[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const path = above === '' ? name : `${above}.${name}`
    return isNode(field) ? bindingsOfNode(field, path) : bindingsOf(field, path)
  })
}

function bindingsOfNode(node: ViewNode, path: string): readonly Binding[] {
  switch (node.kind) {
    case 'metric':
      return [{ path, kind: 'metric', id: node.id, window: node.window, described: node.metric }]
    case 'fact':
      return [{ path, kind: 'fact', id: node.id, window: null, described: node.fact }]
    case 'list':
      return bindingsOf(node.fields, node.shape === 'list' ? `${path}[]` : `${path}.*`)
    case 'optional':
      return bindingsOfNode(node.node, path)
    case 'nullable':
      return bindingsOf(node.fields, path)
  }
}
