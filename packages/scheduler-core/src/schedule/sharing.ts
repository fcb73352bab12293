/** Answers the value of a key, which is made when it is first asked for. */
export type Sharing<T> = (key: string, make: () => T) => T

/**
 * Lets many jobs share what takes long to make or to keep. What is made is frozen and follows from its key, so nobody can
 * tell whether it is shared. Beyond `most` values (default no limit) it forgets them all and begins anew.
 */
export function createSharing<T extends object>(most = Infinity): Sharing<T> {
  const values = new Map<string, T>()
  return (key, make) => {
    const known = values.get(key)
    if (known !== undefined) return known
    const made = make()
    if (values.size >= most) values.clear()
    values.set(key, made)
    return made
  }
}
