/** Gives an object more properties, each of which is made when it is first read and stays, also on a frozen object. */
type DefineLazily<K extends string> = <T extends object, V extends Makers<K>>(
  target: T,
  makers: V,
) => T & { readonly [name in K]: ReturnType<V[name]> }

type Makers<K extends string> = { readonly [name in K]: () => unknown }

/**
 * Properties of many objects that few readers look at. For everybody they are like any others: they are enumerable, and
 * copies of the object have their values.
 */
export function lazyProperties<const K extends string>(...names: readonly K[]): DefineLazily<K> {
  /** A private field on objects of others: accessors of their own for each object would cost three times as much. */
  class Lazy extends Itself {
    #values: Record<string, unknown> | null = null
    readonly #makers: Makers<K>

    constructor(target: object, makers: Makers<K>) {
      super(target)
      this.#makers = makers
      for (const [name, property] of Lazy.#properties) Object.defineProperty(target, name, property)
    }

    static #valueOf(of: Lazy, name: K): unknown {
      of.#values ??= {}
      if (!(name in of.#values)) of.#values[name] = of.#makers[name]()
      return of.#values[name]
    }

    static readonly #properties = names.map((name) => {
      const get = function (this: Lazy) {
        return Lazy.#valueOf(this, name)
      }
      return [name, { enumerable: true, get }] as const
    })
  }
  return ((target: object, makers: Makers<K>) => new Lazy(target, makers)) as unknown as DefineLazily<K>
}

/** What it constructs is the given object. */
class Itself {
  constructor(target: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is what the class is for
    return target
  }
}
