import { health } from '@pm/scheduler-core/contract/v2'

globalThis.parse = (answer) => health.parse(answer)
