import { SchedulerError } from '../../errors.ts'

/** Throws `FOREIGN_HOST` for a request to a host that is not allowed. */
export type RefuseForeignHost = (hosts: readonly string[]) => void

export interface AllowedHostsOptions {
  /**
   * Names, each with a port or for any port. The names of the loopback interface are always allowed (default: no others
   * without a login, and any with one).
   */
  readonly allowedHosts?: readonly string[] | undefined
  /** Whether requests need a login. With one, hosts are checked only where the host of the process lists them. */
  readonly needsLogin: boolean
}

/**
 * Checks the host that a request names. Where there is no login, a page of any site could let its own name point to this
 * server and then read it as its own origin (DNS rebinding); the request still says that name.
 */
export function createHostCheck({ allowedHosts, needsLogin }: AllowedHostsOptions): RefuseForeignHost {
  if (needsLogin && allowedHosts === undefined) return () => {}
  const allowed = new Set((allowedHosts ?? []).map((host) => host.toLowerCase()))
  return (hosts) => {
    if (hosts.length === 0 || !hosts.every((host) => isAllowed(host, allowed)))
      throw new SchedulerError('FOREIGN_HOST', {})
  }
}

/** Whether a text can be an entry of `allowedHosts`: a name or an address, with or without a port. */
export function isHost(text: string): boolean {
  return /^[^\s/?#@\\]+$/.test(text) && URL.canParse(`http://${text}`)
}

function isAllowed(host: string, allowed: ReadonlySet<string>): boolean {
  if (!isHost(host)) return false
  const { hostname, host: whole } = new URL(`http://${host}`)
  const name = hostname.replace(/\.$/, '')
  return isLoopback(name) || allowed.has(name) || allowed.has(whole) || allowed.has(host.toLowerCase())
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(name)
}
