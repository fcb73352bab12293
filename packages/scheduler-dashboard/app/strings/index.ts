import { admin } from './admin.ts'
import { audit } from './audit.ts'
import { charts } from './charts.ts'
import { instances } from './instances.ts'
import { jobs } from './jobs.ts'
import { kit } from './kit.ts'
import { marketData } from './market-data.ts'
import { resources } from './resources.ts'
import { runs } from './runs.ts'
import { schedule } from './schedule.ts'
import { shell } from './shell.ts'
import { system } from './system.ts'

/** All texts of the pages; a section for each page, and nothing in the components. */
export const strings = {
  shell,
  kit,
  admin,
  marketData,
  system,
  jobs,
  runs,
  schedule,
  audit,
  charts,
  instances,
  resources,
}
