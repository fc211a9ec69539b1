/** Words that more than one part of the app shows. Everything else stands in the `text.ts` of its part. */
export const PRODUCT_NAME = 'Video Meet'

export const text = {
  close: 'Close',
  loading: 'One moment…',
  newMeeting: 'New meeting',
  backToStart: 'Back to start',
  tryAgain: 'Try again',
  reload: 'Reload',
  appFailedTitle: 'Something went wrong on this page',
  appFailed: 'Reloading usually fixes this. If you were in a meeting, you can join it again.',
  copyLink: 'Copy meeting link',
  linkCopied: 'Link copied',
  linkNotCopied: 'The link could not be copied. Take it from the address bar instead.',
  you: 'You',
  serverUnreachable: 'The server cannot be reached. Check your connection and try again.',
  unreachableTitle: 'The server cannot be reached',
  tooManyRequests: 'That was a bit fast. Wait a moment and try again.',
  accountNeeded: 'Only people with an account may start meetings on this server.',
  somethingWrong: 'That did not work. Try again.',
  cancel: 'Cancel',
  confirmSignIn: {
    title: "Confirm that it's you",
    why: "You're about to change something important. Enter your password to go on.",
    password: 'Password',
    submit: 'Confirm',
    wrong: "This isn't your password.",
  },
  save: 'Save',
  saved: 'Saved',
  showMore: 'Show more',
  fieldsWrong: (count: number) => `${count} fields need another look.`,
  showCharacters: 'Show characters',
  offline: 'You are offline. What you see may be old; changes have to wait.',
} as const

export const notFoundText = {
  pageTitle: 'Page not found',
  heading: 'There is nothing at this address',
  body: 'The link may be old or mistyped. If somebody invited you to a meeting, ask them to send it again.',
} as const
