/** Whether prices are current or replayed from the past. The two are never mixed. */
export type MarketDataKind = 'live' | 'replay'
