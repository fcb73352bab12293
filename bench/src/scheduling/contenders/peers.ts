import { Cron } from 'croner'
import nodeCron from 'node-cron'
import nodeSchedule from 'node-schedule'
import { SimpleIntervalJob, Task, ToadScheduler } from 'toad-scheduler'

import { type Contender, lastDueAt, PATTERN, type PeerName } from '../contender.ts'
import { heap } from './heap.ts'

const croner: Contender = {
  async start({ jobs, period, onRun }) {
    for (let job = 0; job < jobs; job++) new Cron(PATTERN[period], () => onRun(job, lastDueAt(Date.now())))
  },
}

const nodeCronContender: Contender = {
  async start({ jobs, period, onRun }) {
    for (let job = 0; job < jobs; job++) {
      nodeCron.schedule(PATTERN[period], () => onRun(job, lastDueAt(Date.now())))
    }
  },
}

const nodeScheduleContender: Contender = {
  async start({ jobs, period, onRun }) {
    for (let job = 0; job < jobs; job++) {
      nodeSchedule.scheduleJob(PATTERN[period], (dueAt) => onRun(job, dueAt.getTime()))
    }
  },
}

/** Its intervals count from where each job was added, not from the whole second. */
const toad: Contender = {
  async start({ jobs, period, onRun }) {
    const scheduler = new ToadScheduler()
    for (let job = 0; job < jobs; job++) {
      const anchorAt = Date.now()
      const task = new Task(`task-${job}`, () => onRun(job, lastDueAt(Date.now(), anchorAt)))
      scheduler.addSimpleIntervalJob(new SimpleIntervalJob({ [`${period}s`]: 1 }, task))
    }
  },
}

/** Set up as the first example of their documentation does it; none of them has an option for many jobs. */
export const PEERS: Readonly<Record<PeerName, Contender>> = {
  'bare heap': heap,
  'toad-scheduler': toad,
  croner,
  'node-cron': nodeCronContender,
  'node-schedule': nodeScheduleContender,
}
