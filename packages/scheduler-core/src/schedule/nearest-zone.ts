import { suggest } from '../options/suggest.ts'
import { CITIES } from './zone-cities.ts'
import { COUNTRIES } from './zone-countries.ts'

/**
 * The zone that is probably meant by a name that is none: by the city, region or country that it names, else by the
 * spelling. `null` when nothing is near, or when this platform lacks that zone.
 */
export function nearestZone(name: string, isZone: (name: string) => boolean): string | null {
  const meant = zoneOfOffset(name) ?? zoneOfPlace(name)
  return meant !== null && isZone(meant) ? meant : null
}

/** `Etc/GMT-1` for `UTC+1` and `+01:00`: IANA counts these to the west. */
function zoneOfOffset(name: string): string | null {
  const [, sign, hours] = /^(?:UTC|GMT)?([+-])0?(\d{1,2})(?::?00)?$/i.exec(name) ?? []
  if (hours === undefined) return /^(?:Z|[+-]00:?00)$/i.test(name) ? 'UTC' : null
  return hours === '0' ? 'UTC' : `Etc/GMT${sign === '+' ? '-' : '+'}${hours}`
}

function zoneOfPlace(name: string): string | null {
  const place = plain(name.slice(name.lastIndexOf('/') + 1))
  if (place === '') return null
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone')]
  const known = places(zones)
  return known.get(place) ?? known.get(plain(place.replace(ENDING, ''))) ?? bySpelling(name, { place, zones, known })
}

interface Places {
  readonly place: string
  readonly zones: readonly string[]
  readonly known: ReadonlyMap<string, string>
}

/**
 * By a mistake in the spelling, but not in the first letter. Short words and abbreviations are too near to each other: GST
 * is Dubai, KST Seoul.
 */
function bySpelling(name: string, { place, zones, known }: Places): string | null {
  const zone = name.includes('/') ? near(name, zones) : null
  if (zone !== null) return known.get(placeOf(zone)) ?? zone
  if (place.length < 5 || ABBREVIATION.test(name)) return null
  const found = near(place, [...zones.map(placeOf), ...known.keys()])
  return found === null ? null : (known.get(found) ?? null)
}

const ABBREVIATION = /^[A-Z]{5}$/

function near(word: string, among: readonly string[]): string | null {
  const first = word.charAt(0).toLowerCase()
  return suggest(
    word,
    among.filter((each) => each.charAt(0).toLowerCase() === first),
  )
}

/** What stands behind a name in words, as in Eastern Standard Time and Mexico City. */
const ENDING = / ?\b(standard|daylight|summer)?( time)?( zone)?$| city$/

/** The zones by the places that stand for them. A list of ours comes before the platform's, which has old spellings. */
function places(zones: readonly string[]): ReadonlyMap<string, string> {
  const known = new Map<string, string>()
  const add = (place: string, zone: string) => {
    if (!known.has(place)) known.set(place, zone)
  }
  for (const list of [CITIES, COUNTRIES]) {
    for (const line of list.trim().split('\n')) {
      const [zone = ''] = line.split(' ', 1)
      for (const place of line.slice(zone.length).split(',')) add(plain(place), zone)
    }
  }
  for (const zone of zones) add(placeOf(zone), zone)
  return known
}

function placeOf(zone: string): string {
  return plain(zone.slice(zone.lastIndexOf('/') + 1))
}

/** Letters and digits in lower case without accents, with single spaces between the words. */
function plain(text: string): string {
  const letters = text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  return letters.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}
