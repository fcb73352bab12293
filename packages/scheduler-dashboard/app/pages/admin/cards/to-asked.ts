import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'

type SchedulerStatus = AdminStatusV2['scheduler']

/** What an operator asked of a scheduler, and where its state is another, why. */
export interface Asked {
  /** False when nobody has commanded it since it was registered. */
  readonly isCommanded: boolean
  readonly what: string
  readonly by: string
  readonly why: string | null
  readonly at: string
  /** When the pause ends; `null` when there is none, `open` when it has no end. */
  readonly until: string | 'open' | null
  readonly difference: string | null
}

export function toAsked({ state, desired }: SchedulerStatus): Asked {
  const { by, why, at, paused_until: end, version } = desired
  return {
    isCommanded: version > 0 && by !== 'system',
    what: strings.admin.card.askedFor[desired.state],
    by,
    why: why === '' ? null : why,
    at,
    until: desired.state === 'paused' ? (end ?? 'open') : null,
    difference: differenceOf(state, desired.state),
  }
}

function differenceOf(state: SchedulerStatus['state'], asked: SchedulerStatus['desired']['state']): string | null {
  const words = strings.admin.card.differs
  if (state === asked) return null
  if (state === 'error') return asked === 'paused' ? words['error while paused'] : words.error
  return words[state]
}
