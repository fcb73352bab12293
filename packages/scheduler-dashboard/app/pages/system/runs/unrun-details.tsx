import type { UnrunView } from '@pm/scheduler-core/contract/v2'

import { formatNumber } from '../../../format/numbers.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { KeyValue } from '../../../ui/key-value.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { Time } from '../../../ui/time.tsx'

/** A due time, or an unbroken range of them, that never ran. */
export function UnrunDetails({ entry }: { readonly entry: UnrunView }) {
  const { facts: words, page } = strings.runs
  const { job, scheduled_for, through, due_count, settled_at } = entry
  return (
    <Panel
      title={page.unrun}
      aside={<GoTo to={`${routes.job(job)}?${new URLSearchParams({ at: scheduled_for })}`}>{page.why}</GoTo>}
    >
      <KeyValue
        pairs={[
          [due_count === 1 ? words.due : words.first, <Time key="due" at={scheduled_for} as="absolute" />],
          ...(due_count === 1
            ? []
            : ([
                [words.last, <Time key="last" at={through} as="absolute" />],
                [words.count, formatNumber(due_count)],
              ] as const)),
          [words.decided, <Time key="decided" at={settled_at} as="absolute" />],
        ]}
      />
    </Panel>
  )
}
