import { type ConfigChange, type ConfigValue, isRecord, partOf } from './config.ts'
import type { ControlState, SchedulerCommand } from './control.ts'

/** The settings that a command changed; empty for most commands. */
export function configChanges(
  command: SchedulerCommand,
  before: ControlState,
  after: ControlState,
): readonly ConfigChange[] {
  const from = settingsOf(command, before)
  const to = settingsOf(command, after)
  const names = [...new Set([...from.keys(), ...to.keys()])].sort()
  return names.flatMap((setting) => {
    const [was, is] = [from.get(setting) ?? null, to.get(setting) ?? null]
    return canonical(was) === canonical(is) ? [] : [{ setting, from: was, to: is }]
  })
}

type Settings = ReadonlyMap<string, ConfigValue>

/** The settings that a command may touch, by name. */
function settingsOf(command: SchedulerCommand, { config }: ControlState): Settings {
  switch (command.kind) {
    case 'configure':
      return flatten({ concurrency: partOf(config, 'concurrency'), providers: partOf(config, 'providers') })
    case 'configure-job':
      return flatten(partOf(partOf(config, 'jobs'), command.job))
    default:
      return new Map()
  }
}

function flatten(value: unknown, name = '', into = new Map<string, ConfigValue>()): Settings {
  const isSchedule = isRecord(value) && 'kind' in value
  if (isRecord(value) && !isSchedule) {
    for (const [key, part] of Object.entries(value)) flatten(part, name === '' ? key : `${name}.${key}`, into)
  } else if (value !== undefined && value !== null) {
    into.set(name, value as ConfigValue)
  }
  return into
}

/**
 * JSON in a fixed order of fields, to compare values: a store may give the fields of a schedule back in another order.
 */
function canonical(value: unknown): string {
  return JSON.stringify(isRecord(value) ? Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)) : value)
}
