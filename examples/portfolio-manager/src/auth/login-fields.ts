/** What the forms and links of the login hand over. */
export interface LoginFields {
  /** The code of a login link; empty when a token was typed. */
  readonly link: string
  /** The name of an account. */
  readonly account: string
  readonly token: string
  /** Where to go after the login. */
  readonly to: string
}

export function readLoginFields(given: unknown): LoginFields {
  const fields: Partial<Record<keyof LoginFields, unknown>> = typeof given === 'object' && given !== null ? given : {}
  const text = (name: keyof LoginFields) => {
    const value = fields[name]
    return typeof value === 'string' ? value.trim() : ''
  }
  const to = text('to')
  return { link: text('link'), account: text('account'), token: text('token'), to: isOwnPath(to) ? to : '/' }
}

/** A path of this application: never another host, as `//evil.example` would be, and none that leads out of a prefix. */
function isOwnPath(to: string): boolean {
  return /^\/(?![/\\])[\x21-\x7e]*$/.test(to) && !DOTS.test(to)
}

/** Folders by dots, as browsers read them. */
const DOTS = /[/\\](?:\.|%2e){1,2}(?:[/\\?#]|$)/i
