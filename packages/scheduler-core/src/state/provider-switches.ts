import type { ConfigPatch } from '../control/config.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { ProviderDescription } from '../ports/providers.ts'
import type { Redact } from '../redact/redact.ts'
import { createToLabel } from '../redact/to-label.ts'
import type { Configuration } from './configuration.ts'

/** Tells which providers may be called: those that the host enables and no operator has switched off. */
export interface ProviderSwitches {
  isEnabled(name: string): boolean
  /** The host's providers, with the operators' switches applied. */
  describe(): readonly ProviderDescription[]
  /**
   * Throws `INVALID_OPTIONS` for a provider that the host does not describe, because nothing would follow that switch,
   * and for switching on a provider that the host has disabled. Every setting can be taken back.
   */
  check(patch: ConfigPatch): void
}

export interface ProviderSwitchesOptions {
  /** The host's description of its providers. */
  readonly host: () => readonly ProviderDescription[]
  readonly redact: Redact
  readonly configuration: Pick<Configuration<never>, 'isSwitchedOff'>
}

export function createProviderSwitches(options: ProviderSwitchesOptions): ProviderSwitches {
  const { configuration } = options
  const toLabel = createToLabel(options.redact)
  const host = () => options.host().map((one) => ({ ...one, name: toLabel(one.name) }))

  function isEnabled(name: string): boolean {
    return !configuration.isSwitchedOff(name) && (find(host(), name)?.enabled ?? true)
  }

  return {
    isEnabled: (name) => isEnabled(toLabel(name)),
    describe: () =>
      host().map((provider) => ({
        ...provider,
        enabled: provider.enabled && !configuration.isSwitchedOff(provider.name),
      })),
    check({ providers = {} }) {
      const described = host()
      for (const [name, wanted] of Object.entries(providers)) {
        if (wanted === null) continue
        const provider = find(described, name)
        if (!provider) refuseUnknown(name, described)
        if (wanted.enabled && !provider.enabled) refuseDisabled(name)
      }
    },
  }
}

function find(described: readonly ProviderDescription[], name: string): ProviderDescription | undefined {
  return described.find((provider) => provider.name === name)
}

function refuseUnknown(name: string, described: readonly ProviderDescription[]): never {
  const names = described.map((provider) => provider.name)
  const expected = names.length === 0 ? 'no names: the host describes no providers' : `one of ${names.join(', ')}`
  refuseOption({ path: 'scheduler.providers', value: name, expected, known: names })
}

function refuseDisabled(name: string): never {
  const expected = 'false, or null for the provider as a whole: the host itself has it disabled'
  refuseOption({ path: `scheduler.providers.${name}.enabled`, value: true, expected })
}
