/** Words of the pages on which one signs in and makes an account. */
export const authText = {
  email: 'Email',
  password: 'Password',
  newPassword: 'New password',
  name: 'Your name',
  passwordHint: 'At least 8 characters. A few words in a row are easy to remember and hard to guess.',

  login: {
    title: 'Sign in',
    submit: 'Sign in',
    forgot: 'Forgot your password?',
    noAccount: 'No account yet?',
    register: 'Create one',
    wrong: 'The mail address or the password is not right.',
    unverified: 'Confirm your mail address first: open the link in the letter that we sent you.',
  },
  register: {
    title: 'Create account',
    submit: 'Create account',
    lead: 'For meetings that are planned, invitations, and a list of who was there.',
    first: 'This is the first account on this server: it will be the administrator.',
    haveAccount: 'Have an account already?',
    signIn: 'Sign in',
    invitedTitle: 'Accounts are by invitation',
    invited:
      'On this server, people who were invited to a meeting may create an account: open the link in your invitation and go on from there.',
    closedTitle: 'Accounts are made by the administrator',
    closed: 'On this server nobody can create an account by themselves. Ask whoever runs it.',
  },
  letter: {
    title: 'Look into your mail',
    confirm: (address: string) =>
      `We sent a letter to ${address}. Open the link in it to confirm the address; it holds for a day.`,
    reset: (address: string) =>
      `If there is an account for ${address}, a letter with a link to set a new password is on its way.`,
    outbox: 'This server sends no mail yet: its administrator finds the letter in the outbox folder.',
    again: 'Use another address',
    back: 'Back to sign in',
  },
  forgot: {
    title: 'Forgot your password?',
    lead: 'Tell us your mail address. We send a link with which you set a new password.',
    submit: 'Send link',
  },
  reset: {
    title: 'Set a new password',
    lead: 'You will be signed out everywhere else, and your API tokens will stop working.',
    submit: 'Set password',
    done: 'Your new password is set. You are signed in.',
  },
  verify: {
    title: 'Confirm your email address',
    lead: 'Enter the password that you chose when you created the account, or a new one. From now on, you sign in with it.',
    submit: 'Confirm address',
    done: 'Your email address is confirmed. You are signed in.',
  },
  badLink: {
    title: 'This link does not work any more',
    body: 'Links from letters work once and for a limited time. Ask for a new one.',
    newLink: 'Ask for a new link',
  },
} as const
