/** Words of the links that lead to the connection test. */
export const testLinkText = {
  test: 'Test my connection',
  ownPage: 'Open the test on a page of its own',
  newTab: '(opens in a new tab)',
} as const
