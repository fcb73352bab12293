import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What we take of IANA's time zone database. */
export interface IanaData {
  /** Its version, such as 2026a. */
  readonly version: string
  /** Zones and links alike, in order. */
  readonly names: readonly string[]
  readonly countries: readonly Country[]
}

export interface Country {
  readonly code: string
  readonly name: string
  /** Its zones, and those of its neighbours that hold there. */
  readonly zones: readonly string[]
}

/** moment-timezone follows IANA within days, and has its links and countries. */
const SOURCE = 'moment-timezone@0.6.6'

/** Reads IANA's database out of its copy in the npm registry. */
export function fetchIanaData(): IanaData {
  const folder = mkdtempSync(join(tmpdir(), 'iana-'))
  try {
    const archive = execFileSync('npm', ['pack', '--silent', SOURCE], { cwd: folder, encoding: 'utf8' }).trim()
    execFileSync('tar', ['xzf', archive], { cwd: folder })
    const read = (path: string) => JSON.parse(readFileSync(join(folder, 'package/data', path), 'utf8'))
    return toIanaData(read('packed/latest.json'), read('meta/latest.json'))
  } finally {
    rmSync(folder, { recursive: true })
  }
}

interface Packed {
  readonly version: string
  readonly zones: readonly string[]
  readonly links: readonly string[]
}

interface Meta {
  readonly countries: Readonly<Record<string, { readonly name: string; readonly zones: readonly string[] }>>
  readonly zones: Readonly<Record<string, { readonly countries: readonly string[] }>>
}

function toIanaData({ version, zones, links }: Packed, meta: Meta): IanaData {
  const names = [...zones.map((zone) => zone.split('|')[0] ?? ''), ...links.flatMap((link) => link.split('|'))]
  const belongsTo = (zone: string, code: string) => meta.zones[zone]?.countries[0] === code
  return {
    version,
    names: [...new Set(names)].sort(),
    countries: Object.entries(meta.countries).map(([code, { name, zones: all }]) => {
      return { code, name, zones: [...all].sort((a, b) => Number(belongsTo(b, code)) - Number(belongsTo(a, code))) }
    }),
  }
}
