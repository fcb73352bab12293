/** The guards of one unit's objects, and the way back from each to its object. */
export interface SessionGuards {
  /** Makes the one guard of an object. */
  add<T extends object>(target: T, handler: ProxyHandler<T>): T
  /** The same for a callback of the outside. It is no object of the session, and stays what it is when it comes back. */
  addCallback<T extends object>(callback: T, handler: ProxyHandler<T>): T
  of(target: object): object | undefined
  isGuard(value: object): boolean
  /** The object behind a guard; anything else as it is. */
  toRaw(value: unknown): unknown
  /** Whether the object holds a reference back to the session, or to an object of it. */
  belongsToSession(value: object): boolean
  /** Forgets which objects have guards. */
  end(): void
}

export function createGuards(session: object): SessionGuards {
  const guards = new Map<object, object>()
  const raws = new WeakMap<object, object>()

  return {
    add(target, handler) {
      const proxy = new Proxy(target, handler)
      guards.set(target, proxy)
      raws.set(proxy, target)
      return proxy
    },
    addCallback(callback, handler) {
      const proxy = new Proxy(callback, handler)
      guards.set(callback, proxy)
      return proxy
    },
    of: (target) => guards.get(target),
    isGuard: (value) => raws.has(value),
    toRaw: (value) => (isObject(value) ? (raws.get(value) ?? value) : value),
    belongsToSession: (value) =>
      holds(value, (held) => guards.has(held) || (held !== value && holds(held, (inner) => inner === session))),
    end: () => guards.clear(),
  }
}

export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** Whether one of the object's own fields holds what is looked for. Getters are not run. */
function holds(value: object, isWanted: (held: object) => boolean): boolean {
  if (Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof Promise) return false
  return Object.values(Object.getOwnPropertyDescriptors(value)).some(
    ({ value: held }) => typeof held === 'object' && held !== null && isWanted(held),
  )
}
