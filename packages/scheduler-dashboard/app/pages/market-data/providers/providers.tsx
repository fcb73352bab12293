import { useEffect, useRef, useState } from 'preact/hooks'

import { useApp } from '../../../app-context.ts'
import { useResource } from '../../../data/use-resource.ts'
import { formatNumber } from '../../../format/numbers.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { Empty } from '../../../ui/messages.tsx'
import { Panel } from '../../../ui/panel.tsx'
import { Segmented } from '../../../ui/segmented.tsx'
import { type Provider, WINDOWS, type WindowId } from '../feed.ts'
import { useWindowNames } from '../use-window-names.ts'
import { ProviderCard } from './provider-card.tsx'
import { ProviderSwitch } from './provider-switch.tsx'

/** So many are side by side before the reader asks for the rest. */
const FEW = 8

export interface ProvidersProps {
  readonly scheduler: string
  readonly providers: readonly Provider[]
  readonly window: WindowId
  readonly onWindow: (window: WindowId) => void
}

/** The providers side by side; what keeps one from being asked goes first. */
export function Providers({ scheduler, providers, window, onWindow }: ProvidersProps) {
  const [isAll, setAll] = useState(false)
  const words = strings.marketData.providers
  const names = useWindowNames(scheduler)
  const shown = isAll ? providers : providers.slice(0, FEW)
  return (
    <Panel
      title={words.title}
      aside={
        <Segmented
          label={strings.marketData.windows.label}
          value={window}
          onChange={onWindow}
          options={WINDOWS.map((value) => ({ value, label: names[value] }))}
        />
      }
    >
      {shown.length === 0 ? (
        <Empty title={words.none} text={words.noneText} />
      ) : (
        <Cards scheduler={scheduler} providers={shown} window={window} />
      )}
      {providers.length > FEW && (
        <p>
          <Button onClick={() => setAll(!isAll)}>
            {isAll ? words.showFewer : words.showAll(formatNumber(providers.length))}
          </Button>
        </p>
      )}
    </Panel>
  )
}

/** The settings are read only for who may change them: an analyst has no access to them. */
function Cards({ scheduler, providers, window }: Omit<ProvidersProps, 'onWindow'>) {
  const { admin, control } = useApp().config.may
  const mayControl = admin && control
  const config = useResource(mayControl ? 'config' : null, (api) => api.admin.config(), {
    scheduler,
  })
  const { reload } = config
  const switched = providers.map(({ enabled }) => (enabled ? 'on' : 'off')).join(' ')
  // Somebody else may have switched one.
  const before = useRef(switched)
  useEffect(() => {
    if (before.current !== switched) reload()
    before.current = switched
  }, [reload, switched])
  return (
    <ul class="providers">
      {providers.map((provider) => (
        <ProviderCard key={provider.name} scheduler={scheduler} provider={provider} window={window}>
          {mayControl && <ProviderSwitch scheduler={scheduler} provider={provider} config={config} />}
        </ProviderCard>
      ))}
    </ul>
  )
}
