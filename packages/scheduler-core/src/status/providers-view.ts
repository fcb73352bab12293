import { factField, listField } from '../view/bind.ts'
import { defineView, type StatusView } from '../view/define-view.ts'
import { exactView } from '../view/exactly.ts'
import { providerFields } from './blocks.ts'
import type { ProviderView, StatusEnvelope } from './shapes.ts'

/** `GET /providers`: every provider, the same under every version. */
export const providersView: StatusView<ProviderListView> = exactView(
  defineView({
    name: 'Providers',
    audience: 'market-data',
    fields: {
      snapshot_id: factField('snapshot_id'),
      as_of: factField('as_of'),
      stale: factField('stale'),
      no_longer_exact: factField('no_longer_exact'),
      items: listField('provider', providerFields),
    },
  }),
)

export interface ProviderListView extends Pick<StatusEnvelope, 'snapshot_id' | 'as_of' | 'stale' | 'no_longer_exact'> {
  readonly items: readonly ProviderView[]
}
