import type { StatusView } from '@pm/scheduler-core/views'

type Binding = StatusView<unknown>['bindings'][number]

/** One value of a response that a binding of its view speaks of. */
export interface BoundValue {
  /** As a reader would write it: `jobs[0].runs.total_runs`. */
  readonly path: string
  /** Everything before the last name: values with the same one speak of the same thing. */
  readonly place: string
  /** What stands in the place of the binding's `*`; `null` where it has none. */
  readonly name: string | null
  readonly binding: Binding
  readonly value: unknown
}

/** Every value of a response that its view binds, in the order of the bindings. What is not there is left out. */
export function boundValues(response: unknown, view: StatusView<unknown>): readonly BoundValue[] {
  return view.bindings.flatMap((binding) =>
    valuesAt({ path: '', name: null, value: response }, binding.path.split(/\.|(?=\[\])/)).map((found) => ({
      ...found,
      place: placeOf(found.path),
      binding,
    })),
  )
}

type Found = Pick<BoundValue, 'path' | 'name' | 'value'>

function valuesAt(found: Found, [step, ...rest]: readonly string[]): readonly Found[] {
  const { path, name, value } = found
  if (step === undefined) return [found]
  if (step === '[]') {
    if (!Array.isArray(value)) return []
    return value.flatMap((entry, at) => valuesAt({ path: `${path}[${at}]`, name, value: entry }, rest))
  }
  if (typeof value !== 'object' || value === null) return []
  const steps = step === '*' ? Object.keys(value) : Object.hasOwn(value, step) ? [step] : []
  return steps.flatMap((each) => {
    const part: unknown = Reflect.get(value, each)
    return valuesAt({ path: below(path, each), name: step === '*' ? each : name, value: part }, rest)
  })
}

/** The path of a field of what stands at a path. */
export function below(path: string, field: string): string {
  return path === '' ? field : `${path}.${field}`
}

function placeOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('.')))
}
