import { SchedulerError } from '../../errors.ts'
import { type JobDefinition, readDefinition, type TemplateUse } from '../../job/definitions.ts'
import { refuseOption } from '../../options/refuse-option.ts'
import type { SchedulerContext } from '../../scheduler-context.ts'

/** A job of a template as it is in effect. */
export interface PresentTemplated {
  readonly digest: string
  readonly definition: JobDefinition
  readonly use: TemplateUse
}

/**
 * Finds a job of a template, also one that another instance has just made. Throws `JOB_NOT_FOUND`, and `INVALID_OPTIONS`
 * for a job that code defines.
 */
export function createPresentTemplated<S extends object>(
  context: Pick<SchedulerContext<S>, 'scheduler' | 'configuration' | 'units' | 'store' | 'follow'>,
): (name: string, path: string) => Promise<PresentTemplated> {
  const { scheduler, configuration, units, store, follow } = context
  const { definitions } = configuration

  async function look(name: string) {
    const known = definitions.presentOf(name)
    if (known || definitions.own.has(name)) return known
    await units.run(
      'watch',
      async (session) => {
        const control = await store.readControl(session, { scheduler })
        if (control) await follow(session, control)
      },
      { readOnly: true },
    )
    return definitions.presentOf(name)
  }

  return async (name, path) => {
    const present = await look(name)
    if (!present && !definitions.own.has(name)) throw new SchedulerError('JOB_NOT_FOUND', { job: name })
    const definition = present && readDefinition(present.definition)
    if (!present || !definition?.template) {
      return refuseOption({ path, value: name, expected: 'a job of a template; this one is defined in code' })
    }
    return { digest: present.digest, definition, use: definition.template }
  }
}
