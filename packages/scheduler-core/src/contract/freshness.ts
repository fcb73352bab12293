import { type FreshnessView, freshnessView } from '../status/freshness-view.ts'

/** `GET /freshness`: every feed and how fresh it is, from one snapshot; out of the view's own bindings. */
export const freshness = freshnessView.schema

export type { FreshnessView }
