import type { RunDetail } from '../../../data/api.ts'
import { strings } from '../../../strings/index.ts'
import { Time } from '../../../ui/time.tsx'

/** Who asked for the run and who cancelled it, by the log. */
export function WhoAsked({ run: { commands, trigger } }: { readonly run: RunDetail }) {
  const words = strings.runs.asked
  return (
    <section class="stack" aria-label={words.title}>
      <h3>{words.title}</h3>
      {commands.length === 0 ? (
        <p>{words.by[trigger]}</p>
      ) : (
        <ul class="stack">
          {commands.map((command) => (
            <Asked key={`${command.at} ${command.kind}`} command={command} />
          ))}
        </ul>
      )}
    </section>
  )
}

function Asked({ command: { kind, by, why, at } }: { readonly command: RunDetail['commands'][number] }) {
  const words = strings.runs.asked
  return (
    <li class="anywhere">
      <strong>{by}</strong> {strings.job.log.kinds[kind]} <Time at={at} />
      {why === null ? '.' : `: ${why}`}
      {why === null && <span class="muted"> {words.noReason}</span>}
    </li>
  )
}
