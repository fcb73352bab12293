import type { Role } from '../auth/access.ts'
import type { Tokens } from '../auth/tokens.ts'
import type { Config } from '../config/read-config.ts'
import type { Application } from './start-application.ts'

/** Where to look, once everything runs. The one place that shows tokens, and only those that nobody configured. */
export function announcement({ application, config, tokens }: AnnouncementInput): string {
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
  readonly config: Pick<Config, 'adminToken' | 'analystToken' | 'pollIntervalSeconds'>
  readonly tokens: Tokens
}

const VARIABLES = { admin: 'ADMIN_TOKEN', analyst: 'ANALYST_TOKEN' } as const

/** A demo need not wait a quarter of an hour for its second poll; it says that it does not. */
function pollingLines(
  { intervalSeconds, replayNote }: AnnouncementInput['application'],
  config: { pollIntervalSeconds: number | null },
): string[] {
  if (config.pollIntervalSeconds !== null || replayNote === null) return []
  const line = `Polling every ${intervalSeconds} s, shorter than the usual 900 s because this is a replay; POLL_INTERVAL_SECONDS sets it.`
  return [line, '']
}
