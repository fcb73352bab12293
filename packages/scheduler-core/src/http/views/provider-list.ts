import type { AskedView } from '../../contract/list-requests.ts'
import type { ProviderListView } from '../../contract/provider.ts'
import type { SnapshotReading } from '../../reading/snapshot.ts'
import { providersView } from '../../status/providers-view.ts'
import type { ProviderView } from '../../status/shapes.ts'

/** Every provider; with `fields`, its name and these fields of it. */
export function toProviderList(reading: SnapshotReading, { window: windows, fields }: AskedView): ProviderListView {
  const list = providersView.project(reading, { windows })
  return fields === undefined ? list : { ...list, items: list.items.map((provider) => withOnly(provider, fields)) }
}

function withOnly(provider: ProviderView, fields: readonly string[]): ProviderView {
  const kept = Object.entries(provider).filter(([name]) => name === 'name' || fields.includes(name))
  return Object.fromEntries(kept) as ProviderView
}
