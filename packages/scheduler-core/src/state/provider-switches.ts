import type { ConfigPatch } from '../control/config.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { ProviderDescription } from '../reading/snapshot.ts'
import type { Configuration } from './configuration.ts'

/** Which providers may be called: those that the host enables and no operator has switched off. */
export interface ProviderSwitches {
  isEnabled(name: string): boolean
  /** What the host says of its providers, with the operators' switches. */
  describe(): readonly ProviderDescription[]
  /**
   * Throws `INVALID_OPTIONS` for a provider that the host does not describe, since nobody would heed that switch, and
   * for one to be switched on that the host itself has disabled. Anything set can be taken back.
   */
  check(patch: ConfigPatch): void
}

export interface ProviderSwitchesOptions {
  /** What the host says of its providers. */
  readonly host: () => readonly ProviderDescription[]
  readonly configuration: Pick<Configuration<never>, 'isSwitchedOff'>
}

export function createProviderSwitches({ host, configuration }: ProviderSwitchesOptions): ProviderSwitches {
  return {
    isEnabled: (name) => !configuration.isSwitchedOff(name) && (find(host(), name)?.enabled ?? true),
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
