import type { ComponentChildren } from 'preact'
import { useContext } from 'preact/hooks'

import { formatDuration } from '../../../format/durations.ts'
import { formatNumber, formatPercent } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { KeyValue } from '../../../ui/key-value.tsx'
import { Metric } from '../../../ui/metric.tsx'
import { State } from '../../../ui/state.tsx'
import { Time } from '../../../ui/time.tsx'
import { AsOfContext, unlessOld } from '../as-of-context.ts'
import type { Provider, WindowId } from '../feed.ts'
import { toProvider } from './to-provider.ts'

/** One provider: its state and why, its numbers of the window, and what it is asked with. */
export function ProviderCard({
  scheduler,
  provider,
  window,
  children,
}: {
  readonly scheduler: string
  readonly provider: Provider
  readonly window: WindowId
  readonly children?: ComponentChildren
}) {
  const { name, state, word, why, conditions, opened, openUntil } = toProvider(provider, window)
  const asOf = useContext(AsOfContext)
  const { labels, key } = strings.marketData.providers
  const configured = provider.api_key_configured
  return (
    <li class="provider">
      <div class="spread">
        <h3>{name}</h3>
        <State state={unlessOld(state, asOf)}>{word}</State>
      </div>
      <p class="muted">{why}</p>
      <Numbers scheduler={scheduler} provider={provider} window={window} />
      <KeyValue
        pairs={[
          ...conditions.map(
            (one) =>
              [
                one.label,
                <State key={one.name} state={unlessOld(one.state, asOf)}>
                  {one.word}
                </State>,
              ] as const,
          ),
          ...(opened === null ? [] : [[labels.circuitReason, opened] as const]),
          ...(openUntil === null ? [] : [[labels.circuitUntil, <Time key="until" at={openUntil} />] as const]),
          [labels.last, <Time key="last" at={provider.last_success_at} none={strings.kit.never} />],
          [labels.key, configured === null ? key.notNeeded : configured ? key.configured : key.missing],
        ]}
      />
      {children}
    </li>
  )
}

function Numbers({ scheduler, provider, window }: Omit<Parameters<typeof ProviderCard>[0], 'children'>) {
  const counts = provider.windows[window]
  const { labels, of, noQuota } = strings.marketData.providers
  const about = { scheduler, view: 'marketData', window, of: { kind: 'provider', name: provider.name } } as const
  const quota = provider.quota_remaining
  return (
    <div class="metrics">
      <Metric {...about} id="provider_success_rate" label={labels.rate}>
        {formatPercent(counts.success_rate)} <span class="metric-note">{of(formatNumber(counts.calls))}</span>
      </Metric>
      <Metric {...about} id="p50_response_time_ms" label={labels.p50}>
        {formatDuration(counts.p50_response_time_ms)}
      </Metric>
      <Metric {...about} id="p95_response_time_ms" label={labels.p95}>
        {formatDuration(counts.p95_response_time_ms)}
      </Metric>
      <Metric
        scheduler={scheduler}
        view="marketData"
        id="provider_quota_remaining"
        label={labels.quota}
        tone={quota === 0 ? 'late' : 'plain'}
      >
        {quota === null ? <span class="metric-note">{noQuota}</span> : formatNumber(quota)}
      </Metric>
      <Metric {...about} id="provider_failed_calls" label={labels.failed}>
        {formatNumber(counts.failed)}{' '}
        {(counts.rate_limited ?? 0) > 0 && (
          <span class="metric-note">{strings.marketData.providers.limited(formatNumber(counts.rate_limited))}</span>
        )}
      </Metric>
      <Metric {...about} id="provider_served_as_fallback" label={labels.fallback}>
        {formatNumber(counts.served_as_fallback)}
      </Metric>
    </div>
  )
}
