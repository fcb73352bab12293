import { isIP } from 'node:net'

/** The proxies whose `X-Forwarded-For`, `-Proto` and `-Host` are believed, as Express's `trust proxy` takes them. */
export type TrustedProxies = number | readonly string[] | false

/**
 * Reads a count of proxies from 1 to 9, or their addresses: `loopback`, `linklocal`, `uniquelocal`, `10.0.0.0/8`. `null`
 * when it is neither. There is no value for everybody: then any client could choose its own address and scheme.
 */
export function readTrustedProxies(text: string): TrustedProxies | null {
  if (/^[1-9]$/.test(text)) return Number(text)
  const places = text.split(',').map((part) => part.trim())
  return places.length <= 20 && places.every(isPlace) ? places : null
}

function isPlace(place: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(place)) return true
  const [address = '', prefix, ...rest] = place.split('/')
  const version = isIP(address)
  if (version === 0 || rest.length > 0) return false
  const longest = version === 4 ? 32 : 128
  return prefix === undefined || (/^[1-9]\d{0,2}$/.test(prefix) && Number(prefix) <= longest)
}
