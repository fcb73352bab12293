/** A person with an account of their own. */
export interface NamedToken {
  readonly name: string
  readonly token: string
}

/**
 * Reads `anna:token,ben:token`; `null` when it is none, when a name comes twice or is `admin` or `analyst`, which have
 * their own variables.
 */
export function readAnalysts(text: string): readonly NamedToken[] | null {
  const analysts = text.split(',').map(readOne)
  if (analysts.length > 50 || !analysts.every((one) => one !== null)) return null
  const names = new Set(['admin', 'analyst', ...analysts.map(({ name }) => name)])
  return names.size === analysts.length + 2 ? analysts : null
}

function readOne(text: string): NamedToken | null {
  const [, name, token] = /^([a-z0-9][a-z0-9_-]{0,31}):([\x21-\x7e]{16,256})$/.exec(text.trim()) ?? []
  return name === undefined || token === undefined ? null : { name, token }
}
