import { readAddress } from '../database/address.ts'
import { UserError } from '../user-error.ts'
import type { NamedToken } from './analysts.ts'
import { SETTINGS, type Setting, type SettingName } from './settings.ts'
import type { TrustedProxies } from './trusted-proxies.ts'

/** The configuration of the application. `null` means that a variable is not set. */
export interface Config {
  readonly port: number
  readonly host: string
  /** Origins whose pages may send commands beside the server's own. */
  readonly allowedOrigins: readonly string[]
  /** The proxies in front; by default none is believed. */
  readonly trustProxy: TrustedProxies
  /** The address of a PostgreSQL; without it the embedded one is started. */
  readonly databaseUrl: string | null
  /** The address for the role that owns the tables and migrates them; without it `databaseUrl` does both. */
  readonly databaseOwnerUrl: string | null
  readonly dataDir: string
  readonly pollIntervalSeconds: number | null
  /** The symbols to poll; without it the held symbols and the watched indexes. */
  readonly symbols: readonly string[] | null
  /** The currency of the portfolio's total. */
  readonly baseCurrency: string
  readonly alphaVantageApiKey: string | null
  readonly marketData: 'auto' | 'live' | 'replay'
  /** How many made symbols a replay polls beside the others. */
  readonly madeSymbols: number
  readonly adminToken: string | null
  readonly analystToken: string | null
  /** Analysts beside the one of `analystToken`, each with an account, and so with limits, of their own. */
  readonly analysts: readonly NamedToken[]
  /** How many worker processes run the polls; 0: this process does. */
  readonly workers: number
  readonly logFormat: 'pretty' | 'json'
  /** Every configured text that must not appear in logs or stored errors. */
  readonly secrets: readonly string[]
}

/** Reads the environment. Throws one `UserError` that lists every variable that is wrong. */
export function readConfig(environment: Environment, defaults: { readonly dataDir: string }): Config {
  const problems: string[] = []
  const read = <N extends SettingName>(name: N): ValueOf<N> | null => {
    const text = environment[name]?.trim()
    if (text === undefined || text === '') return null
    const parsed = (SETTINGS[name] as Setting<ValueOf<N>>).parse.safeParse(text)
    if (parsed.success) return parsed.data
    problems.push(problem(name, text))
    return null
  }
  const config = {
    port: read('PORT') ?? 3000,
    host: read('HOST') ?? '127.0.0.1',
    allowedOrigins: read('ALLOWED_ORIGINS') ?? [],
    trustProxy: read('TRUST_PROXY') ?? false,
    databaseUrl: read('DATABASE_URL'),
    databaseOwnerUrl: read('DATABASE_OWNER_URL'),
    dataDir: read('DATA_DIR') ?? defaults.dataDir,
    pollIntervalSeconds: read('POLL_INTERVAL_SECONDS'),
    symbols: read('SYMBOLS'),
    baseCurrency: read('BASE_CURRENCY') ?? 'USD',
    alphaVantageApiKey: read('ALPHA_VANTAGE_API_KEY'),
    marketData: read('MARKET_DATA') ?? 'auto',
    madeSymbols: read('MADE_SYMBOLS') ?? 0,
    adminToken: read('ADMIN_TOKEN'),
    analystToken: read('ANALYST_TOKEN'),
    analysts: read('ANALYSTS') ?? [],
    workers: read('WORKERS') ?? 0,
    logFormat: read('LOG_FORMAT') ?? 'pretty',
  }
  problems.push(...contradictionsIn(config))
  if (problems.length > 0) throw new UserError(headline(problems.length), problems)
  return { ...config, secrets: secretsIn(config) }
}

/** What is wrong although each variable is right by itself. */
function contradictionsIn(config: Omit<Config, 'secrets'>): string[] {
  const { databaseUrl, databaseOwnerUrl, madeSymbols, marketData } = config
  const tokens = tokensIn(config)
  const problems: string[] = []
  if (new Set(tokens).size < tokens.length) {
    problems.push('ADMIN_TOKEN, ANALYST_TOKEN and ANALYSTS name a token twice: each account needs a token of its own.')
  }
  if (databaseOwnerUrl !== null && databaseUrl === null) {
    problems.push('DATABASE_OWNER_URL is set without DATABASE_URL: the role that the application runs as is missing.')
  }
  if (madeSymbols > 0 && marketData !== 'replay') {
    problems.push('MADE_SYMBOLS is set without MARKET_DATA=replay: only a replay has made symbols.')
  }
  return problems
}

export type Environment = Readonly<Record<string, string | undefined>>

type ValueOf<N extends SettingName> = (typeof SETTINGS)[N] extends Setting<infer T> ? T : never

type Secrets = Pick<
  Config,
  'databaseUrl' | 'databaseOwnerUrl' | 'alphaVantageApiKey' | 'adminToken' | 'analystToken' | 'analysts'
>

function tokensIn({ adminToken, analystToken, analysts }: Secrets): string[] {
  return [adminToken, analystToken, ...analysts.map(({ token }) => token)].flatMap((token) => token ?? [])
}

/** Of a database address only the password is secret, since messages show host and name. */
function secretsIn(config: Secrets): string[] {
  const urls = [config.databaseUrl, config.databaseOwnerUrl].flatMap((url) => url ?? [])
  const passwords = urls.map((url) => readAddress(url)?.password)
  return [...passwords, config.alphaVantageApiKey, ...tokensIn(config)].flatMap((text) => text || [])
}

function headline(count: number): string {
  return count === 1 ? 'An environment variable is wrong:' : `${count} environment variables are wrong:`
}

function problem(name: SettingName, text: string): string {
  const { allowed, secret } = SETTINGS[name]
  const shown = secret ? `${text.length} characters that are not shown` : JSON.stringify(shorten(text))
  return `${name}: got ${shown}, allowed is ${allowed}.`
}

function shorten(text: string): string {
  return text.length > 80 ? `${text.slice(0, 77)}...` : text
}
