import type { EpochMs } from '../clock.ts'
import { MAX_HEALTH_REASONS } from '../limits.ts'
import type { Logger } from '../ports/logger.ts'

/**
 * What a host knows of its own health at an instant: machine codes such as `CALENDAR_RUNS_OUT`, which stand beside the
 * scheduler's own reasons; none when all is well. It must be quick.
 */
export type HealthReasons = (asOf: EpochMs) => readonly string[]

export interface GuardedHealthReasonsOptions {
  readonly host: HealthReasons
  readonly logger: Logger
}

/**
 * The host's reasons, each once. It never throws: what the host throws, and what is no code or one too many, becomes
 * `HEALTH_REASONS_INVALID`, which is logged once, until all is valid again.
 */
export function guardHealthReasons({ host, logger }: GuardedHealthReasonsOptions): HealthReasons {
  let isInvalid = false

  function invalid(what: object, valid: readonly string[]): readonly string[] {
    if (!isInvalid) logger.error(what, 'The reasons of health that the host gives are not all valid')
    isInvalid = true
    return [...valid, 'HEALTH_REASONS_INVALID']
  }

  return (asOf) => {
    try {
      const given = [...new Set(host(asOf))]
      const valid = given.filter((code) => typeof code === 'string' && CODE.test(code)).slice(0, MAX_HEALTH_REASONS)
      if (valid.length < given.length) return invalid({ leftOut: given.length - valid.length }, valid)
      isInvalid = false
      return valid
    } catch (error) {
      return invalid({ err: error }, [])
    }
  }
}

const CODE = /^[A-Z][A-Z0-9_]{0,63}$/
