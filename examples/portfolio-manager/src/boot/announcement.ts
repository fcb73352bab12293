import type { Account } from '../auth/accounts.ts'
import type { Config } from '../config/read-config.ts'
import type { Application } from './start-application.ts'

/**
 * The addresses of the running application: a block of lines for people, or one line of JSON. Only this text shows
 * tokens, and only the random ones, and the login links of their accounts.
 */
export function announcement(input: AnnouncementInput): string {
  return input.config.logFormat === 'json' ? jsonLine(input) : block(input)
}

function jsonLine({ application }: AnnouncementInput): string {
  const { url, startedIn, replayNote, intervalSeconds, loginLinks } = application
  const links = Object.entries(loginLinks).map(([name, link]) => [`${name}Login`, link])
  const facts = { url, startedIn, intervalSeconds, replay: replayNote, ...Object.fromEntries(links) }
  return `${JSON.stringify({ level: 30, time: Date.now(), ...facts, msg: 'ready' })}\n`
}

function block({ application, config, accounts }: AnnouncementInput): string {
  const { url, startedIn, replayNote, loginLinks } = application
  const bearer = (name: Shared) => accounts.find((account) => account.random && account.name === name)?.token
  const curl = (name: Shared, path: string) =>
    `  curl -H "Authorization: Bearer ${bearer(name) ?? `$${VARIABLES[name]}`}" ${url}${path}`
  const width = Math.max(...accounts.map(({ name }) => name.length))
  const logins = accounts.map(
    ({ name }) => `  ${name.padEnd(width)}  ${loginLinks[name] ?? `${url}/login  (your token)`}`,
  )
  const lines = [
    '',
    `Portfolio manager is ready at ${url} (${startedIn})`,
    '',
    ...(replayNote === null ? [] : ['REPLAY, nothing is live', ...replayNote.map((sentence) => `  ${sentence}`), '']),
    ...pollingLines(application, config),
    Object.keys(loginLinks).length === 0 ? 'Log in' : 'Log in (each link works once, within an hour)',
    ...logins,
    '',
    'Schedulers',
    `  admin    ${url}/admin  and  ${url}/admin/system`,
    `  analyst  ${url}/admin/market-data`,
    '',
    'Ask',
    curl('admin', '/api/v1/admin/scheduler/status'),
    curl('analyst', '/api/v1/market-data/scheduler/status'),
    curl('analyst', '/api/v1/portfolio'),
    '',
    'Ctrl-C drains and stops everything, the database included.',
    '',
  ]
  return `${lines.join('\n')}\n`
}

export interface AnnouncementInput {
  readonly application: Pick<Application, 'url' | 'startedIn' | 'replayNote' | 'intervalSeconds' | 'loginLinks'>
  readonly config: Pick<Config, 'pollIntervalSeconds' | 'logFormat'>
  readonly accounts: readonly Account[]
}

const VARIABLES = { admin: 'ADMIN_TOKEN', analyst: 'ANALYST_TOKEN' } as const
type Shared = keyof typeof VARIABLES

/** A replay polls more often than every quarter of an hour and announces that. */
function pollingLines(
  { intervalSeconds, replayNote }: AnnouncementInput['application'],
  config: { pollIntervalSeconds: number | null },
): string[] {
  if (config.pollIntervalSeconds !== null || replayNote === null) return []
  const line = `Polling every ${intervalSeconds} s, shorter than the usual 900 s because this is a replay; POLL_INTERVAL_SECONDS sets it.`
  return [line, '']
}
