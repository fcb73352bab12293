import { SchedulerError } from '../../errors.ts'

/** A query string as an object. Refuses malformed text, and a key that comes twice. */
export function parseQuery(query: string): Readonly<Record<string, string>> {
  const values = new Map<string, string>()
  for (const pair of query.split('&').filter((part) => part !== '')) {
    const [key = '', ...rest] = pair.split('=')
    const name = decode(key)
    if (values.has(name)) throw malformed('each parameter once')
    values.set(name, decode(rest.join('=')))
  }
  return Object.fromEntries(values)
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    throw malformed('valid percent-encoding')
  }
}

function malformed(expected: string): SchedulerError {
  return new SchedulerError('INVALID_REQUEST', { path: 'query', expected })
}
