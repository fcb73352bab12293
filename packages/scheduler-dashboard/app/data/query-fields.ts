/** One filter in the query string: how it is read, and how it is written. `null` leaves it out. */
export interface QueryField<T> {
  read(text: string | null): T
  write(value: T): string | null
}

/** Text of at most `most` characters. */
export function text(most = 200): QueryField<string> {
  return { read: (given) => (given ?? '').slice(0, most), write: (value) => value || null }
}

/** One of some words; anything else is the first. */
export function oneOf<const W extends string>(words: readonly [W, ...W[]]): QueryField<W> {
  const [first] = words
  return {
    read: (given) => words.find((word) => word === given) ?? first,
    write: (value) => (value === first ? null : value),
  }
}

/** Any of some words, between commas. */
export function someOf<const W extends string>(words: readonly W[]): QueryField<readonly W[]> {
  return {
    read: (given) => words.filter((word) => (given ?? '').split(',').includes(word)),
    write: (value) => (value.length === 0 ? null : value.join(',')),
  }
}

/** A whole number within bounds; anything else is `otherwise`. */
export function whole({
  least,
  most,
  otherwise,
}: {
  readonly least: number
  readonly most: number
  readonly otherwise: number
}): QueryField<number> {
  return {
    read(given) {
      const value = given === null || !/^\d{1,9}$/.test(given) ? otherwise : Number(given)
      return value < least || value > most ? otherwise : value
    },
    write: (value) => (value === otherwise ? null : String(value)),
  }
}

/** Values of all fields. */
export type QueryValues<F> = { readonly [K in keyof F]: F[K] extends QueryField<infer T> ? T : never }

/** A field of any kind. */
export interface AnyQueryField {
  read(text: string | null): unknown
  write(value: never): string | null
}

type Fields = Readonly<Record<string, AnyQueryField>>

export function readQuery<F extends Fields>(fields: F, search: string): QueryValues<F> {
  const params = new URLSearchParams(search)
  // Each name has the value of its own field.
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, field.read(params.get(name))]),
  ) as QueryValues<F>
}

/** The query string with these values in it; what is of other fields stays. */
export function writeQuery<F extends Fields>(fields: F, search: string, values: Partial<QueryValues<F>>): string {
  const params = new URLSearchParams(search)
  for (const [name, field] of Object.entries(fields)) {
    if (!(name in values)) continue
    const written = field.write(values[name] as never)
    if (written === null) params.delete(name)
    else params.set(name, written)
  }
  return params.toString()
}
