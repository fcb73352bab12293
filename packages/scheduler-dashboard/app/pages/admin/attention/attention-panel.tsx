import { useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useHeldRows } from '../../../data/use-held-rows.ts'
import { useHold } from '../../../data/use-hold.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { routes } from '../../../routes.ts'
import { strings } from '../../../strings/index.ts'
import { GoTo } from '../../../ui/go-to.tsx'
import { Empty, Loading } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { NewRows } from '../../../ui/resource-view.tsx'
import type { Member } from '../use-fleet.ts'
import { AttentionItem } from './attention-item.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { type AttentionRow, toAttention } from './to-attention.ts'

/** The jobs of all schedulers that need attention, worst first, each with the reason itself. */
export function AttentionPanel({ members }: { readonly members: readonly Member[] }) {
  const { config } = useApp()
  const words = strings.admin.attention
  const { ref, isHeld } = useHold()
  const { rows: latest, total } = toAttention(members)
  const { rows, waiting, showWaiting } = useHeldRows(latest, { isHeld, keyOf })
  const present = new Set(latest.map(keyOf))
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const chosen = rows.filter(({ id }) => selected.has(id))
  const isLoading = members.every(({ live }) => live.status === null)

  function select(id: string, isSelected: boolean): void {
    const next = new Set(selected)
    if (isSelected) next.add(id)
    else next.delete(id)
    setSelected(next)
  }

  return (
    <Panel
      title={words.title}
      aside={
        <span class="cluster">
          {total > 0 && <span class="muted">{words.count(formatNumber(latest.length), formatNumber(total))}</span>}
          <GoTo to={routes.system()}>{words.all}</GoTo>
        </span>
      }
    >
      <div ref={ref} class="stack">
        <NewRows waiting={waiting} onShow={showWaiting} />
        {rows.length === 0 && (isLoading ? <Loading rows={4} /> : <Empty {...words.empty} />)}
        {config.may.control && rows.length > 0 && <SelectionBar rows={chosen} onClear={() => setSelected(new Set())} />}
        {rows.length > 0 && (
          <ul class="admin-attention" aria-label={words.list}>
            {rows.map((row) => (
              <AttentionItem
                key={row.id}
                row={row}
                isGone={!present.has(row.id)}
                hasName={members.length > 1}
                isSelected={selected.has(row.id)}
                onSelect={config.may.control ? select : null}
              />
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

function keyOf({ id }: AttentionRow): string {
  return id
}
