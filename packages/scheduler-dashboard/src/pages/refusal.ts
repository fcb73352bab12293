import { SchedulerError } from '@pm/scheduler-core'

/** Why a page is not shown, in words for its reader. */
export interface Refusal {
  /** As clients in JSON get it. */
  readonly error: SchedulerError
  readonly title: string
  readonly text: string
  /** What one can type, beside the text. */
  readonly command?: string
}

export type RefusalKind = 'unauthenticated' | 'forbidden' | 'not-found' | 'wrong-method' | 'not-built' | 'failed'

export function refusalOf(kind: RefusalKind): Refusal {
  return REFUSALS[kind]()
}

const REFUSALS: Readonly<Record<RefusalKind, () => Refusal>> = {
  unauthenticated: () => ({
    error: new SchedulerError('UNAUTHENTICATED', {}),
    title: 'You are not logged in',
    text: 'This page is for people who are logged in. Log in to the service that it belongs to, then open it again.',
  }),
  forbidden: () => ({
    error: new SchedulerError('FORBIDDEN', {}),
    title: 'This page is not for you',
    text: 'You are logged in, and your login does not open this page. Whoever runs this service can change that.',
  }),
  'not-found': () => ({
    error: new SchedulerError('NOT_FOUND', {}),
    title: 'There is no such page',
    text: 'The address may be misspelt, or the page may have moved.',
  }),
  'wrong-method': () => ({
    error: new SchedulerError('METHOD_NOT_ALLOWED', { allow: ALLOWED }),
    title: 'Pages can only be read',
    text: 'Something was sent to a page. Commands go to the routes below it.',
  }),
  'not-built': () => ({
    error: new SchedulerError('PAGES_NOT_BUILT', {}),
    title: 'The pages are not built yet',
    text: 'In a checkout of the source, build them once and open this page again. A published package has them built.',
    command: 'pnpm --filter @pm/scheduler-dashboard build:app',
  }),
  failed: () => ({
    error: new SchedulerError('INTERNAL', {}),
    title: 'This page could not be made',
    text: 'The error was reported to the service. Trying again may help.',
  }),
}

/** The methods of a page. */
export const ALLOWED = 'GET, HEAD, OPTIONS'
