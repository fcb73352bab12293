/**
 * The peers that are no npm packages, as their documents have them on 29 November 2026, or as they ran. A cell is what
 * `readingOf` would answer: `yes`, `no`, the first due time that is different, `taken` where only that is known, or `?`
 * where the documents say nothing. `5#2` in a crontab is every Friday with the command `#2 …`, which is a comment. Spring
 * takes `+5` because Java reads it as the number 5, and both day fields must match there in any case. The order of the
 * cells is that of the rows.
 *
 * Five fields are read by Quartz and Spring with `0` before them and by EventBridge with `*` after them. Where Quartz and
 * EventBridge demand `?` in a day field, a `*` there is read as one.
 */
export interface DocumentedPeer {
  readonly title: string
  readonly version: string
  readonly sources: readonly string[]
  readonly zone: string
  readonly cells: readonly string[]
}

export const DOCUMENTED: readonly DocumentedPeer[] = [
  {
    title: 'Vixie crontab',
    version: 'Debian 3.0pl1-162',
    sources: [
      'crontab(5) and cron(8) of the package, and what its `crontab -n` takes',
      'entry.c',
      'for the day fields, a crontab that was run with its clock moved',
    ],
    zone: "host's",
    cells: [
      ...['yes', 'yes', 'yes', 'no', 'no', 'no', 'no', 'no', 'no', 'no'],
      ...['yes', 'no', 'no', 'yes', 'no', 'taken', 'taken', 'yes', 'yes', 'no'],
      ...['yes', 'also 1 Jan 1:00', 'no', 'no', 'no', 'no', 'runs a comment', 'no', 'no'],
      ...['yes', '?', 'yes', 'yes', 'yes', 'yes'],
    ],
  },
  {
    title: 'Quartz',
    version: '2.3.2',
    sources: [
      "Debian's package 2.3.2-4, which was run for all rows on 30 November 2026",
      'https://www.quartz-scheduler.org/documentation/quartz-2.5.x/tutorials/crontrigger.html',
      'https://github.com/quartz-scheduler/quartz, CronExpression.java',
      'https://documentation.softwareag.com/onlinehelp/Rohan/quartz_223/webhelp/quartz-scheduler-webhelp/co-bp_daylight_savings_time_tips.html',
    ],
    zone: "host's",
    cells: [
      ...['no', 'no', 'no', 'no', 'yes', 'yes', 'not 3 Jan 12:00', 'yes', 'yes', 'no'],
      ...['no', 'no', 'no', 'yes', 'yes', 'yes', 'yes', 'also 3 Jan 0:00', 'also 1 Jan 0:00', 'yes'],
      ...['no', 'no', 'yes', 'yes', 'yes', 'yes', 'also 8 Jan 0:00', 'also 29 Jan 0:00', 'no'],
      ...['never', 'never', 'never', '2:30 again', '1:00, 2:00 again, 3:00', 'not 25 Oct 2:00'],
    ],
  },
  {
    title: 'Spring',
    version: '6',
    sources: [
      'https://docs.spring.io/spring/docs/current/javadoc-api/org/springframework/scheduling/support/CronExpression.html',
      'https://github.com/spring-projects/spring-framework, CronExpression.java and BitsCronField.java',
    ],
    zone: "host's",
    cells: [
      ...['not 2 Jan 0:00', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'also 3 Jan 12:00', 'no', 'no'],
      ...['yes', 'no', 'no', 'yes', 'no', 'no', 'no', 'yes', 'yes', 'yes'],
      ...['yes', 'also 1 Jan 1:00', 'yes', 'yes', 'yes', 'yes', 'yes', 'yes', 'no'],
      ...['?', '?', '?', '?', '?', '?'],
    ],
  },
  {
    title: 'EventBridge',
    version: 'Scheduler',
    sources: [
      'https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html',
      'https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html',
      'https://repost.aws/knowledge-center/eventbridge-scheduler-adjust-dst',
    ],
    zone: 'UTC',
    cells: [
      ...['no', 'no', 'no', 'no', 'no', 'yes', 'not 3 Jan 12:00', 'no', 'no', 'yes'],
      ...['no', 'no', '`rate(5 minutes)`', 'yes', 'no', '?', '?', 'also 3 Jan 0:00', 'also 1 Jan 0:00', 'yes'],
      ...['?', '?', 'yes', '?', '?', 'yes', 'also 8 Jan 0:00', 'also 29 Jan 0:00', 'no'],
      ...['never', 'never', 'never', 'yes', 'yes', '?'],
    ],
  },
]
