import express from 'express'
import { expect, it, vi } from 'vitest'

import { describeMounts } from './describe-mounts.ts'

// In this file `express`, which the adapter imports, is version 4.
vi.mock('express', () => vi.importActual('express4'))

it('runs on version 4', () => {
  expect(express()).toHaveProperty('lazyrouter')
})

describeMounts('Express 4', express)
