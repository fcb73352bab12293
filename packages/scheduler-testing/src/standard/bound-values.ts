import type { View } from '@pm/scheduler-core'

type Binding = View<unknown>['bindings'][number]

/** One value of a response that a binding of its view speaks of. */
export interface BoundValue {
  /** As a reader would write it: `jobs[0].runs.total_runs`. */
  readonly path: string
  /** Everything before the last name: values with the same one speak of the same thing. */
  readonly place: string
  readonly binding: Binding
  readonly value: unknown
}

/** Every value of a response that its view binds, in the order of the bindings. What is not there is left out. */
export function boundValues(response: unknown, view: View<unknown>): readonly BoundValue[] {
  return view.bindings.flatMap((binding) =>
    valuesAt(response, binding.path.split(/\.|(?=\[\])/), '').map(({ path, value }) => ({
      path,
      place: placeOf(path),
      binding,
      value,
    })),
  )
}

interface Found {
  readonly path: string
  readonly value: unknown
}

function valuesAt(value: unknown, [step, ...rest]: readonly string[], path: string): readonly Found[] {
  if (step === undefined) return [{ path, value }]
  if (step === '[]') {
    return Array.isArray(value) ? value.flatMap((entry, at) => valuesAt(entry, rest, `${path}[${at}]`)) : []
  }
  if (typeof value !== 'object' || value === null) return []
  const names = step === '*' ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : []
  return names.flatMap((name) => valuesAt(Reflect.get(value, name), rest, path === '' ? name : `${path}.${name}`))
}

function placeOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}
