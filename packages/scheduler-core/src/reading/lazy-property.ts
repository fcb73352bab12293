/** Gives an object one more property, which is made when it is first read and stays, also when the object is frozen. */
export type DefineLazily<K extends string> = <T extends object, V>(
  target: T,
  make: () => V,
) => T & { readonly [name in K]: V }

/**
 * A property of many objects that few readers look at. For everybody it is one like any other: it is enumerable, and
 * copies of the object have its value.
 */
export function lazyProperty<const K extends string>(name: K): DefineLazily<K> {
  /** Private fields on objects of others: a closure for each object would cost three times as much. */
  class Lazy extends Itself {
    #make: (() => unknown) | null
    #made: unknown

    constructor(target: object, make: () => unknown) {
      super(target)
      this.#make = make
      Object.defineProperty(target, name, Lazy.#property)
    }

    static readonly #property = {
      enumerable: true,
      get(this: Lazy): unknown {
        if (this.#make !== null) {
          this.#made = this.#make()
          this.#make = null
        }
        return this.#made
      },
    }
  }
  return <T extends object, V>(target: T, make: () => V) =>
    new Lazy(target, make) as unknown as T & { readonly [name in K]: V }
}

/** What it constructs is the given object. */
class Itself {
  constructor(target: object) {
    // biome-ignore lint/correctness/noConstructorReturn: this is what the class is for
    return target
  }
}
