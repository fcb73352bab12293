import { wayUp } from './way-up.ts'

/**
 * A path of this server, such as `/login`, as an address relative to another path on it. It also holds behind a proxy
 * that strips a prefix, under which the browser then stays. Every other address is returned as it came.
 */
export function relativeAddress(address: string, from: string): string {
  if (!/^\/(?![/\\])/.test(address)) return address
  return wayUp(from) + address.slice(1)
}
