import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { State } from '../../../ui/state.tsx'
import { stateOfHealth } from '../../../ui/state-of.ts'
import { toReasons } from './to-reasons.ts'

/** The health of a scheduler, with each reason in words and its code for those who search for it. */
export function HealthLine({ health }: Pick<AdminStatusV2['scheduler'], 'health'>) {
  const words = strings.admin.card
  return (
    <div class="admin-health">
      <span class="muted">{words.health}</span>
      <State state={stateOfHealth(health.status)}>{words.healthStates[health.status]}</State>
      {health.details.length > 0 && (
        <ul>
          {health.details.map((detail) => (
            <li key={detail}>{detail}</li>
          ))}
        </ul>
      )}
      {health.reasons.length > 0 && (
        <ul>
          {toReasons(health.reasons).map(({ code, text }) => (
            <li key={code}>
              {text} <code>{code}</code>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
