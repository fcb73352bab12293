import { cron, every, once, type Scheduler } from '@pm/scheduler-core'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'

import { axe } from './harness/axe.ts'
import { type BrowserInUse, describeInBrowser } from './harness/describe-in-browser.ts'
import { type DashboardHostOptions, openDashboard, openScheduler } from './harness/open-dashboard.ts'
import { standsStill } from './harness/stands-still.ts'
import { openWatchedPage } from './harness/watched-page.ts'

const HOSTILE = '<img src=x onerror=alert(1)>'

/** A scheduler of several jobs, of which one fails, one is paused and one goes on until it is cancelled. */
async function openJobs(): Promise<Scheduler> {
  const schedule = every({ hours: 1 })
  const scheduler = await openScheduler({
    jobs: [
      { name: 'prices', schedule, handler: (ctx) => ctx.report({ processed: 8, failed: 1 }) },
      { name: 'orders', schedule, handler: () => Promise.reject(new Error(`page ${Math.random()} lost ${HOSTILE}`)) },
      { name: 'digest', schedule: cron('0 7 * * 1-5', { timezone: 'America/New_York' }), handler: () => {} },
      { name: 'migrate', schedule: once(new Date(Date.now() + 86_400_000)), handler: () => {} },
      {
        name: 'rebuild',
        schedule,
        handler: ({ signal, progress }) => {
          progress(40, 100)
          return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        },
      },
    ],
  })
  for (let count = 0; count < 3; count++) await runToEnd(scheduler, 'orders')
  await runToEnd(scheduler, 'prices')
  await scheduler.pauseJob('digest', { by: HOSTILE, why: `mail is down ${HOSTILE}` })
  return scheduler
}

async function runToEnd(scheduler: Scheduler, job: string): Promise<string> {
  const { runId } = await scheduler.runJob(job, { by: 'ada', why: 'to see' })
  await scheduler.whenIdle()
  return runId
}

interface Opening extends DashboardHostOptions {
  readonly use: BrowserInUse
  readonly path: string
  readonly view?: Parameters<typeof openWatchedPage>[1]
  readonly scheduler?: Scheduler
}

async function openPage({ use, path, view = {}, scheduler, ...given }: Opening) {
  const schedulers = [scheduler ?? (await openJobs())]
  const host = await openDashboard({ ...given, schedulers, options: { badge: { name: 'staging' }, ...given.options } })
  const watched = await openWatchedPage(use.browser, { timezoneId: 'Europe/Zurich', ...view })
  const { page } = watched
  page.on('dialog', (dialog) => {
    throw new Error(`A script of somebody else ran: ${dialog.message()}`)
  })
  await page.goto(host.loginUrl('ada', path))
  await standsStill(page)
  return { ...watched, host, dialog: page.getByRole('dialog') }
}

const rows = (page: Page) => page.getByRole('table').first().getByRole('rowheader')
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name })

describeInBrowser('the list of jobs', (use) => {
  it('has the worst first, by name, state and schedule in words, and hostile words as text', async () => {
    const { page, expectNoErrors } = await openPage({ use, path: '/system' })
    await rows(page).first().waitFor()
    expect((await rows(page).allInnerTexts())[0]).toContain('orders')
    await page
      .getByRole('row', { name: /digest/ })
      .getByText('at 07:00, Mon to Fri (America/New_York)')
      .waitFor()
    await page
      .getByRole('row', { name: /digest/ })
      .getByText(`by ${HOSTILE}: mail is down ${HOSTILE}`)
      .waitFor()
    await page.getByRole('listbox', { name: 'orders: 3 latest, oldest first' }).waitFor()
    expectNoErrors()
  })

  it('is filtered and searched by keyboard, and the address has it all', async () => {
    const { page, host } = await openPage({ use, path: '/system' })
    await button(page, /^Failing 1$/).click()
    await page.waitForURL(`${host.url}/system?state=failing`)
    await expect.poll(() => rows(page).allInnerTexts()).toEqual(['orders'])
    await button(page, /^All/).click()
    await page.keyboard.press('/')
    await page.keyboard.type('PRI')
    await expect.poll(() => rows(page).allInnerTexts()).toEqual(['prices'])
    await expect.poll(() => new URL(page.url()).search).toBe('?q=PRI')
    await page.getByRole('searchbox', { name: 'Search jobs by name' }).fill('nothing like it')
    await button(page, 'Show all jobs').click()
    await expect.poll(() => rows(page).count()).toBe(5)
  })

  it('opens a job, and a run of a strip, by keyboard', async () => {
    const { page } = await openPage({ use, path: '/system' })
    await page.getByRole('listbox', { name: /^orders/ }).focus()
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: /^orders/ }).waitFor()
    await page.goBack()
    await page.getByLabel('Search jobs by name').waitFor()
    await rows(page).first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: 'orders' }).waitFor()
  })

  it('pauses several at once, naming the environment, and shows that it came to be', async () => {
    const { page, dialog } = await openPage({ use, path: '/system' })
    await rows(page).first().waitFor()
    expect(await button(page, /^Pause ?: Select jobs first/).getAttribute('aria-disabled')).toBe('true')
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.getByLabel('Select prices').check()
    await button(page, /^Pause$/).click()
    await expect.poll(() => dialog.textContent()).toContain('staging')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('broker is down')
    await dialog.getByRole('button', { name: 'Pause 2 jobs' }).click()
    await page.getByText('Done').waitFor()
    await button(page, /^Paused 3$/).waitFor()
    await page.getByText('by ada: broker is down').first().waitFor()
  })
})

describeInBrowser('the page of a job', (use) => {
  it('is paused for a while with a reason, and resumed', async () => {
    const { page, dialog } = await openPage({ use, path: '/system/jobs/prices' })
    await button(page, /^Pause$/).click()
    await dialog.getByText('suppressed by a pause').first().waitFor()
    await dialog.getByRole('button', { name: 'Pause prices' }).click()
    await dialog.getByRole('alert').getByText('Say why').waitFor()
    await dialog.getByLabel('For 4 hours').check()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('maintenance')
    await dialog.getByRole('button', { name: 'Pause prices' }).click()
    await page.getByText('Done').waitFor()
    await page.getByText('maintenance').first().waitFor()
    await button(page, /^Pause ?: It is paused already$/).waitFor()
    await button(page, /^Resume$/).click()
    await dialog.getByRole('button', { name: 'Resume prices' }).click()
    await button(page, /^Resume ?: It is not paused$/).waitFor()
  })

  it('runs it now, follows the run to its end, and leads to the reason', async () => {
    const { page, dialog } = await openPage({ use, path: '/system/jobs/orders' })
    await button(page, 'Run now').click()
    await dialog.getByRole('button', { name: 'Run now' }).click()
    await page.getByText(/Claimed, ran, failed after/).waitFor()
    await page.getByRole('link', { name: 'Open the run' }).click()
    await page.getByRole('heading', { name: 'Why it failed' }).waitFor()
    await page.getByText(`lost ${HOSTILE}`).first().waitFor()
    await page.getByText('3 others of the 4 runs around it failed in this way.').waitFor()
  })

  it('changes a policy, refuses at the field, and takes it back to the code', async () => {
    const { page, dialog } = await openPage({ use, path: '/system/jobs/prices' })
    await button(page, 'Change policies').click()
    await dialog.getByLabel('Attempts').fill('5000')
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('it hangs')
    await dialog.getByRole('button', { name: 'Change', exact: true }).click()
    await expect.poll(() => dialog.getByLabel('Attempts').getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => dialog.locator('.field-error').textContent()).toContain('at most 1000')
    await dialog.getByLabel('Attempts').fill('')
    await dialog.getByLabel('Timeout of an attempt').fill('1m 30s')
    await dialog.getByText('Timeout of an attempt: 5 min → 1 min 30 s').waitFor()
    await dialog.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByText('changed here').waitFor()
    await button(page, 'Undo Timeout of an attempt').click()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('fixed')
    await dialog.getByRole('button', { name: 'Undo', exact: true }).click()
    await page.getByText('changed here').waitFor({ state: 'detached' })
    await page.getByText('Timeout of an attempt: 1 min 30 s → as in the code').waitFor()
  })

  it('explains a conflict with what somebody else has set', async () => {
    const scheduler = await openJobs()
    const { page, dialog } = await openPage({ use, path: '/system/jobs/prices', scheduler })
    await button(page, 'Change policies').click()
    await dialog.getByLabel('Priority').fill('7')
    await page.waitForTimeout(300)
    await scheduler.configureJob('prices', { priority: 3 }, { by: 'eve' })
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('first')
    await dialog.getByRole('button', { name: 'Change', exact: true }).click()
    await dialog.getByText('Somebody changed settings since you opened this.').waitFor()
    await dialog.getByText('Priority: 3 → 7').waitFor()
    await dialog.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByText('Done').waitFor()
  })

  it('shows the due times of another schedule before it is set', async () => {
    const { page, dialog } = await openPage({ use, path: '/system/jobs/digest' })
    await button(page, 'Change schedule').click()
    await dialog.getByLabel('Cron pattern').fill('99 7 * * *')
    await dialog.getByText(/minute: expected 0-59/).waitFor()
    await dialog.getByLabel('Cron pattern').fill('15 8 * * *')
    await dialog
      .getByText(/8:15:00/)
      .first()
      .waitFor()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('later')
    await dialog.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByText('Runs daily at 08:15 (America/New_York).').waitFor()
  })

  it('takes a pattern as EventBridge has it, and proposes one where it has none', async () => {
    const { page, dialog } = await openPage({ use, path: '/system/jobs/digest' })
    await button(page, 'Change schedule').click()
    await dialog.getByText('EventBridge', { exact: true }).click()
    await dialog.getByLabel('Cron pattern').fill('0 10 * * *')
    await dialog.getByText('Did you mean "0 10 * * ? *"?').waitFor()
    expect(await axe(page)).toEqual([])
    await dialog.getByLabel('Cron pattern').fill('0 10 ? * 2-6 *')
    await dialog
      .getByText(/10:00:00/)
      .first()
      .waitFor()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('as in the cloud')
    await dialog.getByRole('button', { name: 'Change', exact: true }).click()
    await page.getByText('Runs at 10:00, Mon to Fri (America/New_York).').waitFor()
    await page.getByText('Done').waitFor()
  })

  it('answers why it did not run, in a sentence and as a link', async () => {
    const { page } = await openPage({ use, path: '/system/jobs/digest' })
    await page.getByLabel('Moment').fill('2031-03-03T07:00:00')
    await page.getByText("The job's: America/New_York").click()
    await button(page, /^Explain$/).click()
    await page.getByText(/will be due and would not run: the job was paused by/).waitFor()
    await expect.poll(() => new URL(page.url()).searchParams.get('at')).toBe('2031-03-03T12:00:00.000Z')
    await page.getByLabel('Moment').fill('2031-03-03T07:01:00')
    await button(page, /^Explain$/).click()
    await page.getByText('The due time before', { exact: true }).waitFor()
    await button(page, /^Explain ?: The due time before$/).click()
    await page.getByText(/would not run/).waitFor()
  })

  it('says of a backfill what it would run before it does', async () => {
    const { page, dialog } = await openPage({ use, path: '/system/jobs/prices' })
    await button(page, 'Backfill').click()
    await dialog
      .getByText(/due times? runs?, one after the other|Nothing in this range is left to run/)
      .first()
      .waitFor()
    await dialog.getByLabel('To, not included').fill('2020-01-01T00:00:00')
    await dialog.getByText('The end must be after the start.').waitFor()
    await dialog.getByLabel('To, not included').fill('2100-01-01T00:00:00')
    await dialog.getByText('The end is still to come. Choose one that has passed.').first().waitFor()
  })

  it('is not there, and says so', async () => {
    const { page } = await openPage({ use, path: '/system/jobs/nothing' })
    await page.getByRole('heading', { level: 1, name: 'There is no job nothing' }).waitFor()
  })

  it('offers a reader no command, and says why', async () => {
    const { page } = await openPage({ use, path: '/system/jobs/prices', options: { control: false } })
    await button(page, /^Run now ?: You may look, but not command$/).waitFor()
    await button(page, /^Change policies ?: You may look, but not command$/).waitFor()
  })
})

describeInBrowser('runs', (use) => {
  it('are found by words and filters in the address', async () => {
    const { page } = await openPage({ use, path: '/system/runs' })
    await expect.poll(() => rows(page).count()).toBe(4)
    await page.getByRole('searchbox').fill('job:orders trigger:manual')
    await expect.poll(() => rows(page).count()).toBe(3)
    await button(page, /^Succeeded$/).click()
    await page.getByText('No run matches').waitFor()
    await expect.poll(() => new URL(page.url()).searchParams.get('state')).toBe('succeeded')
    await expect.poll(() => new URL(page.url()).searchParams.get('job')).toBe('orders')
    await page.getByRole('searchbox').fill('colour:red')
    await page.getByText('There is no "colour:" here.').waitFor()
  })

  it('wait while the reader is at work in them', async () => {
    const scheduler = await openJobs()
    const { page } = await openPage({ use, path: '/system/runs', scheduler })
    await rows(page).first().hover()
    await runToEnd(scheduler, 'prices')
    await page.getByText('1 new').waitFor()
    expect(await rows(page).count()).toBe(4)
    await button(page, 'Show').click()
    await expect.poll(() => rows(page).count()).toBe(5)
  })

  it('are cancelled while they go on, and run again with a reason', async () => {
    const scheduler = await openJobs()
    const { runId } = await scheduler.runJob('rebuild', { by: 'ada', why: 'monthly' })
    const { page, dialog } = await openPage({ use, path: `/system/runs/${runId}`, scheduler })
    await page.getByText(/^Running for/).waitFor()
    await page.getByText('ran it').waitFor()
    await button(page, /^Cancel$/).click()
    await dialog.getByRole('textbox', { name: 'Reason' }).fill('too slow')
    await dialog.getByRole('button', { name: 'Cancel the run' }).click()
    await page.getByText(/^Cancelled after/).waitFor()
    await button(page, 'Run again').click()
    await expect
      .poll(() => dialog.getByRole('textbox', { name: 'Reason' }).inputValue())
      .toMatch(/^The run of .* cancelled$/)
    await dialog.getByRole('button', { name: 'Run again' }).click()
    await page.getByText('Claimed, running').waitFor()
    await page.getByRole('link', { name: 'Open the run' }).click()
    await page.getByText(/^Running for/).waitFor()
  })
})

describeInBrowser('the sections of jobs and runs for everyone', (use) => {
  const states = ['', '?q=nothing', '/jobs/orders', '/jobs/digest', '/jobs/nothing', '/runs', '/runs?job=none']
  const dialogs = ['Pause', 'Run now', 'Backfill', 'Change schedule', 'Change policies']

  it.each(['light', 'dark'] as const)(
    'have nothing that axe finds wrong in any state: %s',
    async (colorScheme) => {
      const scheduler = await openJobs()
      const run = await runToEnd(scheduler, 'orders')
      const { page, host } = await openPage({ use, path: '/system', view: { colorScheme }, scheduler })
      for (const path of [...states, `/runs/${run}`, '/runs/00000000-0000-8000-8000-000000000000']) {
        await page.goto(`${host.url}/system${path}`)
        await page.getByRole('status', { name: 'Loading' }).first().waitFor({ state: 'detached' })
        expect({ path, found: await axe(page, colorScheme) }).toEqual({ path, found: [] })
      }
    },
    90_000,
  )

  it.each(['light', 'dark'] as const)(
    'have nothing that axe finds wrong in any dialog: %s',
    async (colorScheme) => {
      const { page, dialog } = await openPage({ use, path: '/system/jobs/prices', view: { colorScheme } })
      for (const name of dialogs) {
        await page.getByRole('button', { name, exact: true }).click()
        expect({ name, found: await axe(page, colorScheme) }).toEqual({ name, found: [] })
        await dialog.getByRole('button', { name: 'Cancel' }).click()
      }
    },
    90_000,
  )

  it.each([
    ['of a phone', 390, '100%'],
    ['of 360 px', 360, '100%'],
    ['with text of 200 %', 1440, '200%'],
  ])('fit into a window %s', async (_name, width, fontSize) => {
    const scheduler = await openJobs()
    const run = await runToEnd(scheduler, 'orders')
    const { page, host } = await openPage({
      use,
      path: '/system',
      view: { viewport: { width, height: 800 } },
      scheduler,
    })
    for (const path of ['', '/jobs/orders', '/jobs/digest', '/runs', `/runs/${run}`]) {
      await page.goto(`${host.url}/system${path}`)
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.evaluate((size) => document.documentElement.style.setProperty('font-size', size), fontSize)
      await page.waitForTimeout(150)
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect({ path, isWider: overflow > 0 }).toEqual({ path, isWider: false })
    }
  })
})
