export { type AdminStatusV1, adminStatusV1 } from '../status/frozen-admin-v1.ts'
export { type MarketDataStatusV1, marketDataStatusV1 } from '../status/frozen-market-data-v1.ts'
