import type { Declared } from '../ports/declared.ts'
import type { FeedsSource } from '../ports/feeds.ts'
import type { ProvidersSource } from '../ports/providers.ts'

/** What the sources of a host declare, by its checked options. */
export function declaredOf({ feeds, providers }: CheckedSources): Declared {
  return Object.freeze({
    feedWords: feeds?.words ?? [],
    feedAttributes: feeds?.attributes ?? [],
    feedReasons: feeds?.reasons ?? [],
    providerConditions: providers?.conditions ?? [],
    providerAttributes: providers?.attributes ?? [],
  })
}

type OrUndefined<T> = { readonly [K in keyof T]: T[K] | undefined }

interface CheckedSources {
  readonly feeds?: OrUndefined<Pick<FeedsSource<never, string>, 'words' | 'attributes' | 'reasons'>> | undefined
  readonly providers?: OrUndefined<Pick<ProvidersSource, 'conditions' | 'attributes'>> | undefined
}
