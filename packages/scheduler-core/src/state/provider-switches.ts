import type { ConfigPatch } from '../control/config.ts'
import type { GuardedProviders } from '../host/guard-providers.ts'
import { refuseOption } from '../options/refuse-option.ts'
import type { ProviderDescription } from '../ports/providers.ts'
import type { Configuration } from './configuration.ts'

/** Tells which providers may be called: those that the host enables and no operator has switched off. */
export interface ProviderSwitches {
  isEnabled(name: string): boolean
  /** The host's providers, with the operators' switches applied. It never throws. */
  describe(): readonly ProviderDescription[]
  /** Whether the host's last description was not taken as it is. */
  readonly isInvalid: boolean
  /**
   * Throws `INVALID_OPTIONS` for a provider that the host does not describe, because nothing would follow that switch,
   * and for switching on a provider that the host has disabled. Every setting can be taken back.
   */
  check(patch: ConfigPatch): void
}

export interface ProviderSwitchesOptions {
  /** The host's description of its providers, which may throw. */
  readonly host: () => readonly ProviderDescription[]
  /** The same for snapshots. */
  readonly guarded: GuardedProviders
  /** A name as it is stored and shown. */
  readonly label: (name: string) => string
  readonly configuration: Pick<Configuration<never>, 'isSwitchedOff'>
}

export function createProviderSwitches(options: ProviderSwitchesOptions): ProviderSwitches {
  const { host, guarded, label, configuration } = options

  function isEnabled(name: string): boolean {
    return !configuration.isSwitchedOff(name) && (find(host(), name)?.enabled ?? true)
  }

  return {
    isEnabled: (name) => isEnabled(label(name)),
    describe: () =>
      guarded.describe().map((provider) => ({
        ...provider,
        enabled: provider.enabled && !configuration.isSwitchedOff(provider.name),
      })),
    get isInvalid() {
      return guarded.isInvalid
    },
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
