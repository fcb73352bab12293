import { unitOf } from '@pm/scheduler-market-data'
import * as z from 'zod'

import { readAddress } from '../database/address.ts'
import { readAnalysts } from './analysts.ts'
import { readTrustedProxies } from './trusted-proxies.ts'

export const MARKET_DATA_CHOICES = ['auto', 'live', 'replay'] as const
export const LOG_FORMATS = ['pretty', 'json'] as const

/** A symbol in Yahoo Finance's spelling: `AAPL`, `BRK-B`, `CL=F`, `^VIX`, `EURUSD=X`. */
const SYMBOL = /^\^?[A-Z0-9][A-Z0-9.=-]{0,19}$/

/** The text is not shown, so that the words have to help: bare characters in a password are the usual mistake. */
const POSTGRES_URL =
  'a PostgreSQL address, postgres://user:password@host:5432/database, with %, /, ?, # and @ in the password written as %25, %2F, %3F, %23 and %40'

/** One environment variable: how its text becomes a value, and what is allowed, in the words of the error message. */
export interface Setting<T> {
  readonly parse: z.ZodType<T, string>
  readonly allowed: string
  /** A secret's text is never repeated in a message. */
  readonly secret: boolean
}

/** Every environment variable that the application reads. One that is empty counts as not set. */
export const SETTINGS = {
  PORT: setting(wholeNumber(0, 65_535), 'a whole number from 0 to 65535 (0 takes a free port)'),
  HOST: setting(z.string().regex(/^[a-z0-9:.-]{1,253}$/i), 'a host name or an address to listen on, such as 127.0.0.1'),
  ALLOWED_ORIGINS: setting(
    z
      .string()
      .transform(splitAtCommas)
      .pipe(z.array(z.string().refine(isOrigin)).min(1).max(20)),
    'up to 20 origins separated by commas, such as https://ops.example.com',
  ),
  TRUST_PROXY: setting(
    read(readTrustedProxies),
    'a number of proxies from 1 to 9, or their addresses separated by commas, such as loopback,10.0.0.0/8',
  ),
  DATABASE_URL: secret(z.string().refine(isPostgresUrl), POSTGRES_URL),
  DATABASE_OWNER_URL: secret(z.string().refine(isPostgresUrl), POSTGRES_URL),
  DATA_DIR: setting(z.string().max(1_000), 'a folder for the embedded database'),
  POLL_INTERVAL_SECONDS: setting(wholeNumber(1, 86_400), 'a whole number of seconds from 1 to 86400'),
  SYMBOLS: setting(
    z
      .string()
      .transform(splitSymbols)
      .pipe(z.array(z.string().regex(SYMBOL)).min(1).max(200)),
    'up to 200 symbols separated by commas, such as AAPL,CL=F,^VIX',
  ),
  BASE_CURRENCY: setting(
    z.string().refine((code) => /^[A-Z]{3}$/.test(code) && unitOf(code)?.perMajor === 1),
    'the code of a currency such as USD or GBP, in capitals; a minor unit such as GBX is none',
  ),
  ALPHA_VANTAGE_API_KEY: secret(z.string().regex(/^[\w-]{4,64}$/), '4 to 64 letters, digits, - or _'),
  MARKET_DATA: setting(z.enum(MARKET_DATA_CHOICES), MARKET_DATA_CHOICES.join(', ')),
  ADMIN_TOKEN: secret(z.string().regex(/^[\x21-\x7e]{16,256}$/), '16 to 256 visible ASCII characters without spaces'),
  ANALYST_TOKEN: secret(z.string().regex(/^[\x21-\x7e]{16,256}$/), '16 to 256 visible ASCII characters without spaces'),
  ANALYSTS: secret(
    read(readAnalysts),
    'up to 50 pairs of a name of a-z, 0-9, _ or - and a token of 16 to 256 visible ASCII characters, such as anna:token,ben:token',
  ),
  MADE_SYMBOLS: setting(wholeNumber(0, 20_000), 'a whole number from 0 to 20000'),
  WORKERS: setting(
    wholeNumber(0, 16),
    'a whole number from 0 to 16, as --workers N too (0: this process runs everything itself)',
  ),
  LOG_FORMAT: setting(z.enum(LOG_FORMATS), LOG_FORMATS.join(', ')),
} as const

export type SettingName = keyof typeof SETTINGS

function setting<T>(parse: z.ZodType<T, string>, allowed: string): Setting<T> {
  return { parse, allowed, secret: false }
}

function secret<T>(parse: z.ZodType<T, string>, allowed: string): Setting<T> {
  return { parse, allowed, secret: true }
}

function wholeNumber(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number)
    .pipe(z.number().min(min).max(max))
}

function splitSymbols(text: string): string[] {
  return splitAtCommas(text.toUpperCase())
}

function splitAtCommas(text: string): string[] {
  return [...new Set(text.split(',').map((part) => part.trim()))]
}

function isOrigin(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && url.origin === text
}

function isPostgresUrl(text: string): boolean {
  return readAddress(text) !== null
}

/** A reader that returns `null` for what it refuses. */
function read<T>(reader: (text: string) => T | null): z.ZodType<T, string> {
  return z.string().transform((text, context) => {
    const value = reader(text)
    if (value !== null) return value
    context.addIssue({ code: 'custom', message: 'refused' })
    return z.NEVER
  })
}
