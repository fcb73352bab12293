import { describeValue } from './describe-value.ts'

/** A path with these keys below it: `jobs[0].timeoutMs`. */
export function joinPath(path: string, keys: readonly PropertyKey[]): string {
  const step = (key: PropertyKey) => {
    if (typeof key === 'number') return `[${key}]`
    return /^[\w$]{1,60}$/.test(String(key)) ? `.${String(key)}` : `[${describeValue(key)}]`
  }
  return keys.reduce<string>((text, key) => text + step(key), path)
}

/** The value at these keys; `undefined` where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}
