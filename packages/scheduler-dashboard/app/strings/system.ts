/** The frame of the page of the system; each section has texts of its own beside it. */
export const system = {
  title: 'System',
  navigation: 'Sections of the system',
  sections: {
    jobs: 'Jobs',
    runs: 'Runs',
    audit: 'Audit',
    charts: 'Charts',
    instances: 'Instances',
    resources: 'Resources',
  },
  notFound: { title: 'There is no such section', text: 'The address may be old. The sections are above.' },
}
