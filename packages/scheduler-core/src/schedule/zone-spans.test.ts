import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { createZoneSpans } from './zone-spans.ts'

describe('the offsets of a zone', () => {
  it('are those of the platform, anywhere and at any time', () => {
    const zones = fc.constantFrom(...Intl.supportedValuesOf('timeZone'))
    const instants = fc.integer({ min: Date.UTC(1880, 0, 1), max: Date.UTC(2150, 0, 1) })
    fc.assert(
      fc.property(zones, instants, (timezone, at) => {
        expect(createZoneSpans(timezone).at(at).offsetMs).toBe(offsetByFields(timezone, at))
      }),
      { numRuns: 500 },
    )
  })

  it('include the shortest span there is: seven days of summer time in Recife, October 2000', () => {
    const zone = createZoneSpans('America/Recife')
    const hours = [7, 9, 14, 16].map((day) => zone.at(Date.UTC(2000, 9, day, 12)).offsetMs / 3_600_000)
    expect(hours).toEqual([-3, -2, -2, -3])
  })

  it('follow each other without a gap over all instants of a `Date`', () => {
    const zone = createZoneSpans('Africa/Casablanca')
    expect(zone.at(-8.64e15).startAt).toBe(-Infinity)
    expect(zone.at(8.64e15).endAt).toBe(Infinity)
    let span = zone.at(Date.UTC(2020, 0, 1))
    while (span.endAt < Date.UTC(2040, 0, 1)) {
      const next = zone.at(span.endAt)
      expect(next.startAt).toBe(span.endAt)
      expect(zone.at(next.startAt - 1)).toEqual(span)
      span = next
    }
  })

  it('tell the wall time reached before: a gap in spring, a repeated hour in autumn, neither in between', () => {
    const zone = createZoneSpans('Europe/Berlin')
    const jump = (at: number) => {
      const span = zone.at(at)
      return span.startAt + span.offsetMs - span.wallReached
    }
    expect(jump(Date.UTC(2026, 2, 29, 1))).toBe(3_600_000)
    expect(jump(Date.UTC(2026, 9, 25, 1))).toBe(-3_600_000)
  })
})

function offsetByFields(timeZone: string, at: number): number {
  const second = Math.floor(at / 1_000) * 1_000
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' })
  return Date.parse(`${format.format(second).replace(' ', 'T')}Z`) - second
}
