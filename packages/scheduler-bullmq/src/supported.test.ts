import { describe, expect, it } from 'vitest'

import { assertLibrary, assertServer, evictionOf } from './supported.ts'

describe('the library', () => {
  it.each(['6.7.0', '6.7.3', '6.12.1'])('takes BullMQ %s', (version) => {
    expect(() => assertLibrary(`bullmq:${version}`)).not.toThrow()
  })

  it.each(['5.80.0', '6.6.9', '7.0.0', 'next'])('refuses BullMQ %s', (version) => {
    expect(() => assertLibrary(`bullmq:${version}`)).toThrow(
      expect.objectContaining({
        code: 'ENGINE_UNSUPPORTED',
        details: { engine: 'bullmq', found: `bullmq ${version}`, supported: 'bullmq ^6.7.0' },
      }),
    )
  })

  it('refuses one that does not say its version', () => {
    expect(() => assertLibrary(undefined)).toThrow(/found bullmq unknown/)
  })
})

describe('the server', () => {
  const info = (...lines: readonly string[]) => ['# Server', ...lines, 'os:Linux', ''].join('\r\n')

  it.each(['6.2.0', '6.2.17', '7.0.15', '8.4.0'])('takes Redis %s', (version) => {
    expect(() => assertServer(info(`redis_version:${version}`))).not.toThrow()
  })

  it.each(['2.8.24', '5.0.14', '6.0.20'])('refuses Redis %s', (version) => {
    expect(() => assertServer(info(`redis_version:${version}`))).toThrow(
      expect.objectContaining({ code: 'ENGINE_UNSUPPORTED' }),
    )
  })

  it('takes what speaks like Redis and does not say its version', () => {
    expect(() => assertServer(info())).not.toThrow()
  })

  it('tells how it makes room, where that can cost messages', () => {
    expect(evictionOf(info('maxmemory_policy:noeviction'))).toBe(null)
    expect(evictionOf(info('maxmemory_policy:allkeys-lru'))).toBe('allkeys-lru')
    expect(evictionOf(info())).toBe(null)
  })
})
