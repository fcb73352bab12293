import { each, fact } from '../view/bind.ts'
import { defineView, type ResponseOf } from '../view/define-view.ts'
import { providerFields } from './blocks.ts'

/** `GET /providers`: every provider, the same under every version. */
export const providersView = defineView({
  name: 'Providers',
  audience: 'market-data',
  fields: {
    snapshot_id: fact('snapshot_id'),
    as_of: fact('as_of'),
    stale: fact('stale'),
    items: each('provider', providerFields),
  },
})

export type ProviderListView = ResponseOf<typeof providersView>
