export { type AdminStatusV1, adminStatusV1 } from './admin-status-v1.ts'
export { type MarketDataStatusV1, marketDataStatusV1 } from './market-data-status-v1.ts'
