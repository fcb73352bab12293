/** The page of the system: jobs, runs, audit, instances. */
export const system = {
  title: 'System',
  jobs: 'Jobs',
  of: (count: string) => `${count} jobs`,
}
