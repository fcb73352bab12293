/** A process with one scheduler or worker. */
import { liveAsChild } from '@pm/testlab'

import { openInstance } from './instance.ts'

await liveAsChild(openInstance)
