/** The page of market data. */
export const marketData = {
  title: 'Market data',
  verdict: {
    fresh: (total: string) => `All ${total} feeds are as fresh as they should be.`,
    none: 'No feed is known yet.',
    unknown: 'How fresh the feeds are cannot be read.',
    attention: (count: string, total: string) => `${count} of ${total} feeds need attention.`,
  },
}
