import { factField, listField } from '../view/bind.ts'
import { defineView, type ResponseOf } from '../view/define-view.ts'
import { providerFields } from './blocks.ts'

/** `GET /providers`: every provider, the same under every version. */
export const providersView = defineView({
  name: 'Providers',
  audience: 'market-data',
  fields: {
    snapshot_id: factField('snapshot_id'),
    as_of: factField('as_of'),
    stale: factField('stale'),
    items: listField('provider', providerFields),
  },
})

export type ProviderListView = ResponseOf<typeof providersView>
