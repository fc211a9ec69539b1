/** Words of the pages outside a meeting. */
export const landingText = {
  heading: 'Meet face to face, right in the browser',
  lead: 'Start a meeting, send the link, and talk. Nobody needs an account or an app, and nothing is handed to third parties.',
  starting: 'Starting…',
  fieldLabel: 'Meeting code or link',
  fieldPlaceholder: 'abcd-efghjk-mnpq',
  join: 'Join',
  emptyCode: 'Paste the link or type the code from your invitation.',
  wrongCode: 'That is not a meeting code. It looks like abcd-efghjk-mnpq; a whole link works too.',
  or: 'or join one',
  test: 'Test your connection',
  signIn: 'Sign in',
  dashboard: 'Dashboard',
  facts: [
    {
      title: 'Nothing to install',
      body: 'Works in current Chrome, Edge, Firefox and Safari, on a phone as well.',
    },
    {
      title: 'Stays on this server',
      body: 'The page loads nothing from elsewhere: no trackers, no analytics, no ads.',
    },
    {
      title: 'Links that cannot be guessed',
      body: 'Every meeting has a random code. Nobody comes in without the link.',
    },
  ],
} as const
