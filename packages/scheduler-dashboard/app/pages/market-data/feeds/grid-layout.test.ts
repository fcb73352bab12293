import { describe, expect, it } from 'vitest'

import { cellAt, layGrid, placeOf, walkGrid } from './grid-layout.ts'

const grid = layGrid(25, 200)

describe('the grid of feeds', () => {
  it('has smaller cells where there are more feeds, and always a column', () => {
    expect(layGrid(25, 200)).toMatchObject({ pitch: 20, columns: 10, rows: 3 })
    expect(layGrid(10_000, 1_200)).toMatchObject({ pitch: 12, columns: 100, rows: 100 })
    expect(layGrid(3, 0).columns).toBe(1)
  })

  it('finds the cell under the pointer, and none beside the cells', () => {
    const { x, y } = placeOf(grid, 13)
    expect(cellAt(grid, x + 1, y + 1)).toBe(13)
    expect(cellAt(grid, 110, 50)).toBeNull()
    expect(cellAt(grid, 250, 5)).toBeNull()
    expect(cellAt(grid, -1, 5)).toBeNull()
  })

  it.each([
    ['ArrowRight', 9, 10],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 3, 13],
    ['ArrowDown', 17, 17],
    ['ArrowUp', 3, 3],
    ['ArrowUp', 13, 3],
    ['PageDown', 3, 24],
    ['PageUp', 24, 0],
    ['Home', 7, 0],
    ['End', 7, 24],
    ['x', 7, null],
  ] as const)('%s leads from %i to %s', (key, from, to) => {
    expect(walkGrid(key, from, grid)).toBe(to)
  })
})
