import type { Account } from '../auth/accounts.ts'
import type { Logins } from '../auth/logins.ts'

/**
 * A login link for each account whose token was drawn at this start: they are shown to whoever started the application.
 * Whoever configured a token has it, and gets none: what is printed may be kept for long.
 */
export async function makeLoginLinks({ accounts, logins, url }: LoginLinksInput): Promise<Record<string, string>> {
  const links: Record<string, string> = {}
  for (const account of accounts.filter(({ random }) => random)) {
    links[account.name] = `${url}/login?link=${await logins.makeLink(account)}`
  }
  return links
}

export interface LoginLinksInput {
  readonly accounts: readonly Account[]
  readonly logins: Logins
  readonly url: string
}
