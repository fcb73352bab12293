import { admin } from './admin.ts'
import { audit } from './audit.ts'
import { backfill } from './backfill.ts'
import { charts } from './charts.ts'
import { instances } from './instances.ts'
import { job } from './job.ts'
import { jobs } from './jobs.ts'
import { kit } from './kit.ts'
import { marketData } from './market-data.ts'
import { policies } from './policies.ts'
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
  job,
  policies,
  backfill,
  runs,
  schedule,
  audit,
  charts,
  instances,
  resources,
}
