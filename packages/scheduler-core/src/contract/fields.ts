import * as fields from '../view/fields.ts'

// The fields of views, made: whoever loads a schema of the contract uses it.

export const timestamp = fields.timestamp()
export const count = fields.count()
export const milliseconds = fields.milliseconds()
export const noLongerExact = fields.noLongerExact()
export const observedState = fields.observedState()
