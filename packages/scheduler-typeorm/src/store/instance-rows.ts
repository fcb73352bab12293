import { INSTANCE_ROLES, type InstanceLife } from '@pm/scheduler-core/store'

import { integer, integerOrNull, type Row, textOrNull, word } from '../query.ts'
import { instanceId } from './ledger-rows.ts'

export function toLife(row: Row): InstanceLife {
  return {
    instance: instanceId(row, 'instance'),
    role: word(row, 'role', INSTANCE_ROLES),
    firstSeenAt: integer(row, 'first_seen_at'),
    lastSeenAt: integer(row, 'last_seen_at'),
    leaseMs: integer(row, 'lease_ms'),
    leftAt: integerOrNull(row, 'left_at'),
    timeZoneData: textOrNull(row, 'time_zone_data'),
    host: textOrNull(row, 'host'),
    pid: integerOrNull(row, 'pid'),
    version: textOrNull(row, 'version'),
  }
}
