/** Runs: the list, and the page of one. */
export const runs = {
  title: 'Runs',
  range: (from: string, to: string, count: number) => `${count} due times from ${from} to ${to}`,
}
