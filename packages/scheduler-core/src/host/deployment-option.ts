import * as z from 'zod'
import { lazily } from '../lazily.ts'

/** The name of a deployment, as every answer shows it. */
export const deploymentOption = lazily(() =>
  z
    .string()
    .regex(/^[^\p{C}\s](?:[^\p{C}]{0,198}[^\p{C}\s])?$/u, {
      error: '1 to 200 printable characters, without spaces at the ends',
    })
    .optional(),
)
