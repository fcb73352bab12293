import { MAX_PROVIDER_NAME } from '../limits.ts'

/** What the name of a provider is, in words that follow "expected". */
export const PROVIDER_NAME = `1 to ${MAX_PROVIDER_NAME} visible characters, with spaces only between them, and not __proto__`

/** Whether a value may name a provider: in `recordCall`, and in a description of the host. */
export function isProviderName(name: unknown): name is string {
  return typeof name === 'string' && name.length <= MAX_PROVIDER_NAME && name !== '__proto__' && VISIBLE.test(name)
}

/**
 * Neither control and format characters, which could turn the text around a name, nor lone surrogates, private or
 * unassigned ones; of the separators only spaces, and none at the ends.
 */
const VISIBLE = /^[^\p{C}\p{Z}](?:[^\p{C}\p{Zl}\p{Zp}]*[^\p{C}\p{Z}])?$/u
