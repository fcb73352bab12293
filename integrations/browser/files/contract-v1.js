import { adminStatusV1 } from '@pm/scheduler-core/contract/v1'

globalThis.parse = (answer) => adminStatusV1.parse(answer)
