import express from 'express'
import { expect, it } from 'vitest'

import { describeMounts } from './describe-mounts.ts'

it('runs on version 5', () => {
  expect(express()).not.toHaveProperty('lazyrouter')
})

describeMounts('Express 5', express)
