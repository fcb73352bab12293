import { describe, expect, it } from 'vitest'

import { adminStatusV1, marketDataStatusV1 } from '../src/contract/v1.ts'
import { toAdminStatus, toMarketDataStatus } from '../src/status/to-status.ts'
import { NO_UPTIME, NOTHING, scriptedSnapshot } from './scripted-snapshot.ts'

describe('the two responses of version 1, to the byte', () => {
  it('are the frozen ones', () => {
    const snapshot = scriptedSnapshot()
    expect(JSON.stringify(toAdminStatus(snapshot))).toBe(
      '{"schedulerName":"market_data_scheduler","state":"running","lastRun":"2025-09-16T01:56:23.202Z",' +
        '"nextRun":"2025-09-16T02:11:23.202Z","total_runs":60,"successful_runs":59,"failed_runs":1,' +
        '"symbols_processed":187,"success_rate":98.33,"uptimeSeconds":3600}',
    )
    expect(JSON.stringify(toMarketDataStatus(snapshot))).toBe(
      '{"scheduler":{"state":"running","next_run":"2025-09-16T02:11:23.202Z","interval_minutes":15},' +
        '"recent_activity":{"total_symbols_processed":8,"success_rate":100,"avg_response_time_ms":150},' +
        '"provider_stats":{"yahoo_finance":{"enabled":true,"success_rate":100},' +
        '"alpha_vantage":{"enabled":false,"api_key_configured":false}}}',
    )
    expect(() => adminStatusV1.strict().parse(toAdminStatus(snapshot))).not.toThrow()
    expect(() => marketDataStatusV1.strict().parse(toMarketDataStatus(snapshot))).not.toThrow()
  })

  it('say null for what is unknown, and 0 for a rate where a client cannot take null', () => {
    const snapshot = scriptedSnapshot({ measures: NOTHING, state: 'stopped', uptime: NO_UPTIME })
    expect(JSON.stringify(toAdminStatus(snapshot))).toBe(
      '{"schedulerName":"market_data_scheduler","state":"stopped","lastRun":null,"nextRun":null,"total_runs":0,' +
        '"successful_runs":0,"failed_runs":0,"symbols_processed":0,"success_rate":null,"uptimeSeconds":0}',
    )
    expect(JSON.stringify(toMarketDataStatus(snapshot))).toBe(
      '{"scheduler":{"state":"stopped","next_run":null,"interval_minutes":15},' +
        '"recent_activity":{"total_symbols_processed":0,"success_rate":null,"avg_response_time_ms":null},' +
        '"provider_stats":{"yahoo_finance":{"enabled":true,"success_rate":null},' +
        '"alpha_vantage":{"enabled":false,"api_key_configured":false}}}',
    )
    expect(toAdminStatus(snapshot, { emptyRate: 0 }).success_rate).toBe(0)
    const emptyRate = toMarketDataStatus(snapshot, { emptyRate: 0 })
    expect(emptyRate.recent_activity).toEqual({
      total_symbols_processed: 0,
      success_rate: 0,
      avg_response_time_ms: null,
    })
    expect(emptyRate.provider_stats['yahoo_finance']).toEqual({ enabled: true, success_rate: 0 })
  })
})
