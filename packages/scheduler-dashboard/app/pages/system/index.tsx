import { Route, Switch } from 'wouter-preact'

import { lazy } from '../../shell/lazy.tsx'
import { strings } from '../../strings/index.ts'
import { Empty } from '../../ui/messages.tsx'
import { Sections } from './sections.tsx'

const Jobs = lazy(async () => (await import('./jobs/index.tsx')).JobsSection)
const Job = lazy(async () => (await import('./jobs/job-page.tsx')).JobPage)
const Runs = lazy(async () => (await import('./runs/index.tsx')).RunsSection)
const Run = lazy(async () => (await import('./runs/run-page.tsx')).RunPage)
const Audit = lazy(async () => (await import('./audit/index.tsx')).AuditSection)
const Charts = lazy(async () => (await import('./charts/index.tsx')).ChartsSection)
const Instances = lazy(async () => (await import('./instances/index.tsx')).InstancesSection)
const Resources = lazy(async () => (await import('./resources/index.tsx')).ResourcesSection)

/** The page of the system: sections, each at an address of its own below `/system`, with a heading of its own. */
export function SystemPage() {
  return (
    <>
      <Sections />
      <Switch>
        <Route path="/system">
          <Jobs />
        </Route>
        <Route path="/system/jobs/:job">
          <Job />
        </Route>
        <Route path="/system/runs">
          <Runs />
        </Route>
        <Route path="/system/runs/:id">
          <Run />
        </Route>
        <Route path="/system/audit">
          <Audit />
        </Route>
        <Route path="/system/charts">
          <Charts />
        </Route>
        <Route path="/system/instances">
          <Instances />
        </Route>
        <Route path="/system/resources">
          <Resources />
        </Route>
        <Route>
          <Empty {...strings.system.notFound} />
        </Route>
      </Switch>
    </>
  )
}
