/** A process with one scheduler instance, which may die at its failpoint. */
import { liveAsChild } from '@pm/testlab'

import { commandEverything } from './command-everything.ts'
import { type InstanceOptions, openInstance } from './instance.ts'

export type ChildOptions = InstanceOptions & { readonly commands: boolean }

const { options, instance } = await liveAsChild((given: ChildOptions) => openInstance(given))
if (options.commands) await commandEverything(instance.scheduler)
// It leaves only when it closes, which no command does.
if (options.failpoint?.at?.startsWith('unit:leave:')) await instance.close()
