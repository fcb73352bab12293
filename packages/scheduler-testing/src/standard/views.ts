import {
  adminStatusViewV1,
  adminStatusViewV2,
  marketDataStatusViewV1,
  marketDataStatusViewV2,
  type StatusView,
} from '@pm/scheduler-core/views'

/** A view that comes with the library. */
export type StandardViewName = 'admin-v1' | 'admin-v2' | 'market-data-v1' | 'market-data-v2'

/** The views that come with the library, by the names that tests give them. */
export const STANDARD_VIEWS: Readonly<Record<StandardViewName, StatusView<unknown>>> = {
  'admin-v1': adminStatusViewV1,
  'admin-v2': adminStatusViewV2,
  'market-data-v1': marketDataStatusViewV1,
  'market-data-v2': marketDataStatusViewV2,
}

/** A view of the library by its name, or one that the host defined. */
export type StandardView = StandardViewName | StatusView<unknown>

export function viewOf(view: StandardView): StatusView<unknown> {
  return typeof view === 'string' ? STANDARD_VIEWS[view] : view
}
