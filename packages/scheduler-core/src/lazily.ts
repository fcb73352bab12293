/**
 * A value that is made when somebody first asks for it, and kept. It is for schemas and tables: an import then costs none
 * of them. `make` is pure, so that it does not matter when it is called. If it throws, the next call makes it again.
 */
export function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
