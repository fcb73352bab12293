import type { MarketDataStatusV2 } from '@pm/scheduler-core/contract/v2'

import { useResource } from '../../data/use-resource.ts'
import type { Provider } from './feed.ts'

/** Every provider: those of the status, or of a list of their own where a status does not name all. */
export function useProviders(
  scheduler: string,
  { total, items }: MarketDataStatusV2['providers'],
): readonly Provider[] {
  const isPart = total > items.length
  const all = useResource(isPart ? 'providers' : null, (api) => api.marketData.providers(), {
    scheduler,
    refreshOn: { view: 'marketData' },
  })
  if (!isPart || all.data === null) return items
  const named = new Map(items.map((one) => [one.name, one]))
  // The status is never older than the list, and its order has what needs attention first.
  return [...items, ...all.data.items.filter(({ name }) => !named.has(name))]
}
