import type { ConfigurationView } from '@pm/scheduler-core/contract/v2'

import { strings } from '../../../strings/index.ts'
import type { Provider } from '../feed.ts'

/** What switching a provider would do, and why it cannot be done now. */
export interface SwitchPlan {
  readonly turns: 'on' | 'off'
  readonly disabledBecause: string | null
}

/** Only what an operator switched off can be switched on again: what the code disables stays so. */
export function planSwitch(
  { name, enabled }: Pick<Provider, 'name' | 'enabled'>,
  {
    data,
    isUnreadable,
  }: { readonly data: Pick<ConfigurationView, 'providers'> | null; readonly isUnreadable: boolean },
): SwitchPlan {
  const words = strings.marketData.providers.switch
  const turns = enabled ? 'off' : 'on'
  if (data === null) return { turns, disabledBecause: isUnreadable ? words.unreadable : words.reading }
  const isOperators = Object.hasOwn(data.providers, name) && data.providers[name]?.enabled === false
  return { turns, disabledBecause: enabled || isOperators ? null : words.byCode }
}
