import type { AdminStatusV2, MarketDataStatusV2, ProviderView } from '@pm/scheduler-core/contract/v2'

// The bounded status as it will be. This file goes when the contract has it: then these names come from there.

export type JobCondition = 'failing' | 'overdue' | 'running_long' | 'paused'

export interface JobCounts {
  readonly total: number
  readonly ok: number
  readonly failing: number
  readonly paused: number
  readonly running: number
  readonly running_long: number
  readonly overdue: number
}

export interface JobNeedingAttention {
  readonly name: string
  readonly conditions: readonly JobCondition[]
  readonly consecutive_failures: number
  readonly running_runs: number
  readonly last_run_at: string | null
  readonly last_success_at: string | null
  readonly last_failure_at: string | null
  readonly next_run_at: string | null
  readonly paused_until: string | null
}

interface Some<T> {
  readonly total: number
  readonly items: readonly T[]
}

export interface AdminStatus extends Omit<AdminStatusV2, 'jobs' | 'providers' | 'instances'> {
  readonly jobs: JobCounts
  readonly attention: Some<JobNeedingAttention>
  readonly providers: Some<ProviderView>
  readonly instances: Some<AdminStatusV2['instances'][number]> & { readonly live: number }
}

type Feed = NonNullable<MarketDataStatusV2['feeds']>[number]

export interface MarketDataStatus extends Omit<MarketDataStatusV2, 'feeds' | 'providers'> {
  readonly providers: Some<ProviderView>
  readonly feeds_attention: Some<Feed>
}

/** What a frame of the stream changed; `many` is more than is told by name. */
export interface Changed {
  readonly jobs?: readonly string[] | 'many' | undefined
  readonly feeds?: readonly { readonly provider: string; readonly feed: string }[] | 'many' | undefined
}
