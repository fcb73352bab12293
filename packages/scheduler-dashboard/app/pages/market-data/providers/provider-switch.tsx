import type { ConfigurationView } from '@pm/scheduler-core/contract/v2'
import { useState } from 'preact/hooks'

import { useCommand } from '../../../data/use-command.ts'
import type { Resource } from '../../../data/use-resource.ts'
import { strings } from '../../../strings/index.ts'
import { Button } from '../../../ui/button.tsx'
import { CommandDialog } from '../../../ui/command-dialog.tsx'
import type { Provider } from '../feed.ts'
import { planSwitch } from './switch-plan.ts'

export interface ProviderSwitchProps {
  readonly scheduler: string
  readonly provider: Provider
  readonly config: Pick<Resource<ConfigurationView>, 'data' | 'failure' | 'reload'>
}

/** Switches a provider off and on, with a reason, for those who may control. */
export function ProviderSwitch({ scheduler, provider, config }: ProviderSwitchProps) {
  const [isOpen, setOpen] = useState(false)
  const { turns, disabledBecause } = planSwitch(provider, { data: config.data, isUnreadable: config.failure !== null })
  const words = strings.marketData.providers.switch
  return (
    <div class="provider-actions">
      <Button disabledBecause={disabledBecause} onClick={() => setOpen(true)}>
        {words[turns]}
        <span class="sr-only"> {provider.name}</span>
      </Button>
      {isOpen && (
        <SwitchDialog
          scheduler={scheduler}
          provider={provider.name}
          turns={turns}
          onDone={config.reload}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  )
}

function SwitchDialog({
  scheduler,
  provider,
  turns: asked,
  onDone,
  onClose,
}: {
  readonly scheduler: string
  readonly provider: string
  readonly turns: 'on' | 'off'
  readonly onDone: () => void
  readonly onClose: () => void
}) {
  // What was asked stays, also when the provider changes behind the dialog.
  const [turns] = useState(asked)
  const command = useCommand(scheduler)
  const words = strings.marketData.providers.switch
  const title = turns === 'off' ? words.offName(provider) : words.onName(provider)

  return (
    <CommandDialog
      title={title}
      confirm={words[turns]}
      hurts={turns === 'off'}
      effect={turns === 'off' ? words.offEffect(provider) : words.onEffect(provider)}
      onClose={onClose}
      onConfirm={async (why) => {
        const outcome = await command({
          title,
          send: (api, call) =>
            api.admin.configure({ providers: { [provider]: turns === 'off' ? { enabled: false } : null }, why }, call),
          async isApplied({ api }) {
            const { items } = await api.marketData.providers()
            return items.some(({ name, enabled }) => name === provider && enabled === (turns === 'on'))
          },
        })
        onDone()
        return outcome
      }}
    />
  )
}
