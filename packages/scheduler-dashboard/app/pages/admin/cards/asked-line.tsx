import type { AdminStatusV2 } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { Shape } from '../../../ui/icons.tsx'
import { Time } from '../../../ui/time.tsx'
import { toAsked } from './to-asked.ts'

/** What was asked of the scheduler: by whom, when, why, until when; and where it is otherwise, why. */
export function AskedLine({ scheduler }: Pick<AdminStatusV2, 'scheduler'>) {
  const words = strings.admin.card
  const asked = toAsked(scheduler)
  return (
    <div class="admin-asked">
      {asked.isCommanded ? (
        <p>
          <span class="muted">{words.asked}</span> <strong>{asked.what}</strong> {words.by(asked.by)}{' '}
          <Time at={asked.at} />
          {asked.until !== null && <>, {asked.until === 'open' ? words.openEnd : <Until at={asked.until} />}</>}.{' '}
          <span class={asked.why === null ? 'muted' : 'admin-why'}>{asked.why ?? words.noReason}</span>
        </p>
      ) : (
        <p class="muted">{words.byCode}</p>
      )}
      {asked.difference !== null && (
        <p class="state admin-differs" data-state="late">
          <Shape state="late" />
          <span>{asked.difference}</span>
        </p>
      )}
    </div>
  )
}

function Until({ at }: { readonly at: string }) {
  return (
    <>
      {strings.admin.card.until} <Time at={at} as="absolute" />
    </>
  )
}
