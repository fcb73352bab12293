import { Cron } from 'croner'
import nodeCron from 'node-cron'
import nodeSchedule from 'node-schedule'
import { SimpleIntervalJob, Task, ToadScheduler } from 'toad-scheduler'

import { type Contender, lastDueAt, PATTERN } from '../contender.ts'

export const croner: Contender = {
  title: 'croner',
  async start({ jobs, period, onRun }) {
    for (let job = 0; job < jobs; job++) new Cron(PATTERN[period], () => onRun(job, lastDueAt(Date.now())))
  },
}

export const nodeCronContender: Contender = {
  title: 'node-cron',
  async start({ jobs, period, onRun }) {
    for (let job = 0; job < jobs; job++) {
      nodeCron.schedule(PATTERN[period], () => onRun(job, lastDueAt(Date.now())))
    }
  },
}

export const nodeScheduleContender: Contender = {
  title: 'node-schedule',
  async start({ jobs, period, onRun }) {
    for (let job = 0; job < jobs; job++) {
      nodeSchedule.scheduleJob(PATTERN[period], (dueAt) => onRun(job, dueAt.getTime()))
    }
  },
}

/** Its intervals count from where each job was added, not from the whole second. */
export const toad: Contender = {
  title: 'toad-scheduler',
  async start({ jobs, period, onRun }) {
    const scheduler = new ToadScheduler()
    for (let job = 0; job < jobs; job++) {
      const anchorAt = Date.now()
      const task = new Task(`task-${job}`, () => onRun(job, lastDueAt(Date.now(), anchorAt)))
      scheduler.addSimpleIntervalJob(new SimpleIntervalJob({ [`${period}s`]: 1 }, task))
    }
  },
}
