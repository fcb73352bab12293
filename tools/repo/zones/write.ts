import type { Country, IanaData } from './iana-data.ts'
import { MEANT, OTHER_NAMED, PRINCIPAL } from './meant.ts'

/** The module of the names that ICU takes and IANA does not have. Throws for one of which nobody said what it means. */
export function foreignZones(inIcu: readonly string[], { names, version }: IanaData): string {
  const iana = new Set(names.map((name) => name.toLowerCase()))
  const foreign = inIcu.filter((name) => !iana.has(name.toLowerCase()))
  const lines = foreign.map((name) => {
    const meant = MEANT[name]
    if (meant === undefined || !names.includes(meant)) throw new TypeError(`tools/repo/zones/meant.ts lacks ${name}.`)
    return `${name} ${inIntl(name, names)} ${meant}`
  })
  return [
    `// Written by tools/repo/zone-names.ts from ICU ${process.versions['icu']} and IANA's ${version}.`,
    '',
    '/**',
    ' * The names that ICU takes for zones although IANA has none of them, each with the zone that ICU takes it for and the',
    ' * one that is probably meant.',
    ' */',
    `export const FOREIGN_ZONES = \`\n${lines.join('\n')}\n\``,
    '',
  ].join('\n')
}

/** The module of the countries, each with the zone that most people there live by. */
export function zoneCountries({ countries, version }: IanaData): string {
  const byZone = new Map<string, string[]>()
  for (const country of countries) {
    const zone = PRINCIPAL[country.code] ?? country.zones[0]
    if (zone) byZone.set(zone, [...(byZone.get(zone) ?? []), ...namesOf(country)])
  }
  const lines = [...byZone].sort(([a], [b]) => (a < b ? -1 : 1)).map(([zone, names]) => `${zone} ${names.join(', ')}`)
  return [
    `// Written by tools/repo/zone-names.ts from IANA's ${version}.`,
    '',
    '/** The countries, after the zone that most people there live by. They only make suggestions. */',
    `export const COUNTRIES = \`\n${lines.join('\n')}\n\``,
    '',
  ].join('\n')
}

/** `Korea (South)` is asked for as `South Korea` too, and `Eswatini (Swaziland)` by both of its names. */
function namesOf({ code, name }: Country): readonly string[] {
  const [, plain, other] = /^(.*) \((.*)\)$/.exec(name) ?? []
  return plain === undefined || other === undefined
    ? [name]
    : [plain, OTHER_NAMED.has(code) ? other : `${other} ${plain}`]
}

/** The zone as IANA calls it today, where Intl keeps an old name. */
function inIntl(name: string, names: readonly string[]): string {
  const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions()
  const place = timeZone.slice(timeZone.indexOf('/'))
  const moved = names.find((known) => known !== timeZone && known.startsWith('America/') && known.endsWith(place))
  return RENAMED[timeZone] ?? (timeZone.startsWith('America/') ? (moved ?? timeZone) : timeZone)
}

const RENAMED: Readonly<Record<string, string>> = { 'Asia/Calcutta': 'Asia/Kolkata', 'Asia/Saigon': 'Asia/Ho_Chi_Minh' }
