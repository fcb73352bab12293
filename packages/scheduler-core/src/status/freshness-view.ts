import { factField, feedCountsField } from '../view/bind.ts'
import { defineView, type StatusView } from '../view/define-view.ts'
import { exactView } from '../view/exactly.ts'
import { envelope } from './blocks.ts'
import type { FeedsHead, StatusEnvelope } from './shapes.ts'

/** What `GET /freshness` says beside its page of feeds. */
export const freshnessHeadView: StatusView<FreshnessHead> = exactView(
  defineView({
    name: 'Freshness',
    audience: 'market-data',
    fields: { ...envelope, feeds_error: factField('feeds_error'), feeds_by_status: feedCountsField() },
  }),
)

export interface FreshnessHead extends StatusEnvelope, FeedsHead {}
