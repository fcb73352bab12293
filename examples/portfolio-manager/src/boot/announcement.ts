import type { Role } from '../auth/access.ts'
import type { Tokens } from '../auth/tokens.ts'
import type { Config } from '../config/read-config.ts'
import type { Application } from './start-application.ts'

/**
 * The addresses of the running application: a block of lines for people, or one line of JSON. Only this text shows
 * tokens, and only the random ones.
 */
export function announcement(input: AnnouncementInput): string {
  return input.config.logFormat === 'json' ? jsonLine(input) : block(input)
}

function jsonLine({ application, config, tokens }: AnnouncementInput): string {
  const { url, startedIn, replayNote, intervalSeconds } = application
  const link = (token: string) => `${url}/login?token=${token}`
  const entry = {
    level: 30,
    time: Date.now(),
    url,
    startedIn,
    intervalSeconds,
    replay: replayNote,
    ...(config.adminToken === null && { adminLogin: link(tokens.admin) }),
    ...(config.analystToken === null && { analystLogin: link(tokens.analyst) }),
    msg: 'ready',
  }
  return `${JSON.stringify(entry)}\n`
}

function block({ application, config, tokens }: AnnouncementInput): string {
  const { url, startedIn, replayNote } = application
  const random = { admin: config.adminToken === null, analyst: config.analystToken === null }
  const login = (role: Role) => (random[role] ? `${url}/login?token=${tokens[role]}` : `${url}/login  (your token)`)
  const bearer = (role: Role) => (random[role] ? tokens[role] : `$${VARIABLES[role]}`)
  const curl = (role: Role, path: string) => `  curl -H "Authorization: Bearer ${bearer(role)}" ${url}${path}`
  const lines = [
    '',
    `Portfolio manager is ready at ${url} (${startedIn})`,
    '',
    ...(replayNote === null ? [] : ['REPLAY, nothing is live', ...replayNote.map((sentence) => `  ${sentence}`), '']),
    ...pollingLines(application, config),
    'Log in',
    `  admin    ${login('admin')}`,
    `  analyst  ${login('analyst')}`,
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
  readonly application: Pick<Application, 'url' | 'startedIn' | 'replayNote' | 'intervalSeconds'>
  readonly config: Pick<Config, 'adminToken' | 'analystToken' | 'pollIntervalSeconds' | 'logFormat'>
  readonly tokens: Tokens
}

const VARIABLES = { admin: 'ADMIN_TOKEN', analyst: 'ANALYST_TOKEN' } as const

/** A replay polls more often than every quarter of an hour and announces that. */
function pollingLines(
  { intervalSeconds, replayNote }: AnnouncementInput['application'],
  config: { pollIntervalSeconds: number | null },
): string[] {
  if (config.pollIntervalSeconds !== null || replayNote === null) return []
  const line = `Polling every ${intervalSeconds} s, shorter than the usual 900 s because this is a replay; POLL_INTERVAL_SECONDS sets it.`
  return [line, '']
}
