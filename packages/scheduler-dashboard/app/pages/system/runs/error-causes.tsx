import type { RunView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import { ErrorCodes } from './error-codes.tsx'

type Cause = NonNullable<RunView['error']>['causes'][number]

/** What is behind an error, each below the one that it is behind. */
export function ErrorCauses({ causes }: { readonly causes: readonly Cause[] }) {
  const words = strings.runs.error
  return (
    <ol class="causes" aria-label={words.causes}>
      {causes.map((cause, index) => (
        // A list that does not change, and two causes may be alike.
        <li key={index} style={{ '--depth': cause.depth - 1 }}>
          <p class="cluster">
            <span class="muted">{words.kinds[cause.kind]}</span>
            <ErrorCodes error={cause} />
          </p>
          <pre>{cause.message}</pre>
        </li>
      ))}
    </ol>
  )
}
