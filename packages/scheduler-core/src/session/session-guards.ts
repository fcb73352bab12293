/** The guards of one unit's objects. It maps objects to guards and back. */
export interface SessionGuards {
  /** Makes the guard of an object. */
  add<T extends object>(target: T, handler: ProxyHandler<T>): T
  /**
   * Wraps a callback that the work passes in. A callback is no object of the session, so it is not unwrapped when it
   * comes back.
   */
  addCallback<T extends object>(callback: T, handler: ProxyHandler<T>): T
  of(target: object): object | undefined
  isGuard(value: object): boolean
  /** The object behind a guard; any other value unchanged. */
  toRaw(value: unknown): unknown
  /** Whether the object has a reference to the session, or to an object that belongs to it. */
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

/** Whether one of the object's own fields has a wanted value. Runs no getters. */
function holds(value: object, isWanted: (held: object) => boolean): boolean {
  if (Array.isArray(value) || ArrayBuffer.isView(value) || value instanceof Promise) return false
  return Object.values(Object.getOwnPropertyDescriptors(value)).some(
    ({ value: held }) => typeof held === 'object' && held !== null && isWanted(held),
  )
}
