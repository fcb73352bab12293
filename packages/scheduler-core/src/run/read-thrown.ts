/** A property of a thrown value; `undefined` when it has none or reading it throws. */
export function read(thrown: unknown, key: PropertyKey): unknown {
  if (!isObject(thrown)) return undefined
  try {
    return Reflect.get(thrown, key)
  } catch {
    return undefined
  }
}

/** The first elements of an array that a thrown value has; none when it is no array or reading it throws. */
export function readList(thrown: unknown, key: PropertyKey, most: number): readonly unknown[] {
  const list = read(thrown, key)
  try {
    if (!Array.isArray(list)) return []
    return Array.from({ length: Math.min(list.length, most) }, (_, index) => read(list, index))
  } catch {
    return []
  }
}

export function isObject(thrown: unknown): thrown is object {
  return (typeof thrown === 'object' && thrown !== null) || typeof thrown === 'function'
}
