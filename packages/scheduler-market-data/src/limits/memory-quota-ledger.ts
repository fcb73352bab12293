import type { EpochMs } from '@pm/scheduler-core'

import type { QuotaLedger } from './quota-ledger.ts'

/** A quota ledger in memory: for tests, and for several providers that share a quota in one process. */
export function createMemoryQuotaLedger(): QuotaLedger {
  const ledger = new Map<string, readonly EpochMs[]>()
  const heldAt = (provider: string, now: EpochMs) =>
    (ledger.get(provider) ?? []).filter((until) => until > now).sort((a, b) => a - b)

  return Object.freeze({
    async reserve({ provider, limit, now, heldUntil }) {
      const held = heldAt(provider, now)
      if (held.length >= limit) return { granted: false, held }
      const after = [...held, heldUntil].sort((a, b) => a - b)
      ledger.set(provider, after)
      return { granted: true, held: after }
    },
    async settle({ provider, heldUntil, until }) {
      const held = ledger.get(provider) ?? []
      const index = held.indexOf(heldUntil)
      if (index !== -1) ledger.set(provider, held.with(index, until))
    },
    async read({ provider, now }) {
      return heldAt(provider, now)
    },
  } satisfies QuotaLedger)
}
