import type { ConfigView, LogEntryView } from '../../contract/control.ts'
import { type ConfigChange, isRecord, partOf, type SchedulerConfig } from '../../control/config.ts'
import { readConcurrency, readJobConfig, readSwitchedOff } from '../../control/read-config.ts'
import { wireName } from '../../policy/wire.ts'
import { parseSchedule } from '../../schedule/parse-schedule.ts'
import { toJobConfigView, toScheduleView } from './policies-view.ts'

/** The valid settings. Corrupt ones in the store are reported, and not shown. */
export function toConfigView(config: SchedulerConfig): ConfigView {
  const jobs = partOf(config, 'jobs')
  const entries = isRecord(jobs) ? Object.entries(jobs) : []
  return {
    concurrency: readConcurrency(config).value,
    jobs: Object.fromEntries(entries.map(([job, stored]) => [job, toJobConfigView(readJobConfig(stored).value)])),
    providers: Object.fromEntries([...readSwitchedOff(config).value].map((name) => [name, { enabled: false }])),
  }
}

type ChangeView = LogEntryView['changes'][number]

/** The change, with the setting's name in JSON. */
export function toChangeView({ setting, from, to }: ConfigChange): ChangeView {
  const isProvider = setting.startsWith('providers.')
  return { setting: isProvider ? setting : wireName(setting), from: toValueView(from), to: toValueView(to) }
}

function toValueView(value: unknown): ChangeView['from'] {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value
    default:
      return value === null ? null : toScheduleOrText(value)
  }
}

/** A setting that was corrupt before the change may have any value. */
function toScheduleOrText(value: unknown): ChangeView['from'] {
  try {
    return toScheduleView(parseSchedule(value))
  } catch {
    return JSON.stringify(value)
  }
}
