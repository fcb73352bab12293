import { createGuards, isObject } from './session-guards.ts'

/** The guards around one unit's session and around all objects reached through it that belong to it. */
export interface SessionMembrane<S extends object> {
  /** The guarded session, which the unit's work gets. */
  readonly session: S
  /** Ends the unit: every later use of a guarded object calls `onStaleUse`, which throws. */
  end(): void
}

/**
 * Guards a session. An object that is reached through it, as a property, as a result or as a callback's argument,
 * belongs to it when it holds a reference back to it: a repository that has its manager, a query runner, a query
 * builder. Such objects are guarded too; rows, entities and a connection pool are handed out as they are. Methods run
 * on the real objects, so that classes with private fields work.
 */
export function createSessionMembrane<S extends object>(raw: S, onStaleUse: () => never): SessionMembrane<S> {
  let ended = false
  const guards = createGuards(raw)

  function assertOpen(): void {
    if (ended) onStaleUse()
  }

  function guardObject<T extends object>(target: T): T {
    return guards.add(target, {
      ...everyTrap<T>(assertOpen),
      get(_, key) {
        // A promise that resolves with the session reads its `then`. That is no use of the session.
        if (ended && key === 'then') return undefined
        assertOpen()
        const value: unknown = Reflect.get(target, key, target)
        return key === 'constructor' || isFixed(target, key) ? value : toGuarded(value)
      },
      set(_, key, value) {
        assertOpen()
        return Reflect.set(target, key, guards.toRaw(value), target)
      },
      apply(_, self, args) {
        assertOpen()
        return callRaw(target, self, args)
      },
    })
  }

  function guardMethod(method: Callable): Callable {
    return guards.add(method, {
      apply(_, self, args) {
        assertOpen()
        return callRaw(method, self, args)
      },
    })
  }

  function callRaw(target: object, self: unknown, args: readonly unknown[]): unknown {
    return toGuarded(Reflect.apply(target as Callable, guards.toRaw(self), args.map(toArgument)))
  }

  /** Converts a value from the session for the work: objects of the session are guarded. */
  function toGuarded(value: unknown): unknown {
    if (!isObject(value)) return value
    const known = guards.of(value)
    if (known !== undefined) return known
    if (typeof value === 'function') return guardMethod(value as Callable)
    return guards.belongsToSession(value) ? guardObject(value) : value
  }

  /**
   * Converts an argument from the work for the session: guards become their real objects, and callbacks get guarded
   * arguments.
   */
  function toArgument(value: unknown): unknown {
    if (typeof value !== 'function' || guards.isGuard(value)) return guards.toRaw(value)
    // Classes are passed as they are, because they serve as keys, such as the entity of a repository.
    if (Object.hasOwn(value, 'prototype')) return value
    return guards.of(value) ?? guardCallback(value as Callable)
  }

  function guardCallback(callback: Callable): Callable {
    return guards.addCallback(callback, {
      apply: (_, self, args) => Reflect.apply(callback, self, args.map(toGuarded)),
    })
  }

  return {
    session: guardObject(raw),
    end() {
      ended = true
      guards.end()
    },
  }
}

type Callable = (...args: unknown[]) => unknown

/** A frozen field must be answered as it is: JavaScript throws when a proxy answers another value. */
function isFixed(target: object, key: PropertyKey): boolean {
  const own = Reflect.getOwnPropertyDescriptor(target, key)
  return own?.configurable === false && own.writable === false
}

/** The traps that only ask whether the session may still be used. */
function everyTrap<T extends object>(assertOpen: () => void): ProxyHandler<T> {
  return {
    has(target, key) {
      assertOpen()
      return Reflect.has(target, key)
    },
    deleteProperty(target, key) {
      assertOpen()
      return Reflect.deleteProperty(target, key)
    },
    defineProperty(target, key, descriptor) {
      assertOpen()
      return Reflect.defineProperty(target, key, descriptor)
    },
    ownKeys(target) {
      assertOpen()
      return Reflect.ownKeys(target)
    },
    getOwnPropertyDescriptor(target, key) {
      assertOpen()
      return Reflect.getOwnPropertyDescriptor(target, key)
    },
    getPrototypeOf(target) {
      assertOpen()
      return Reflect.getPrototypeOf(target)
    },
  }
}
