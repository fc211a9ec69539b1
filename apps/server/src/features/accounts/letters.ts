import { letter, type Letter } from '../../mail/letter.ts'

/** A letter with its subject. */
export interface AccountLetter extends Letter {
  readonly subject: string
}

/** The letters that accounts get. Tokens stand behind a # in links, so that they never reach a log. */
export function createAccountLetters(publicUrl: string) {
  return {
    verify: (name: string, token: string): AccountLetter => ({
      subject: 'Confirm your mail address',
      ...letter({
        title: 'Confirm your mail address',
        paragraphs: [
          `Hello ${name},`,
          'an account was made with this address. Confirm that it is yours to use it.',
        ],
        button: { label: 'Confirm address', url: `${publicUrl}/auth/verify#${token}` },
        note: 'The link is good for a day. If you made no account, do nothing.',
      }),
    }),
    reset: (name: string, token: string): AccountLetter => ({
      subject: 'Set a new password',
      ...letter({
        title: 'Set a new password',
        paragraphs: [`Hello ${name},`, 'somebody, probably you, asked for a new password for your account.'],
        button: { label: 'Set password', url: `${publicUrl}/auth/reset#${token}` },
        note: 'The link is good for an hour. If you did not ask, do nothing: your password stays as it is.',
      }),
    }),
    welcome: (name: string, token: string): AccountLetter => ({
      subject: 'Your account is ready',
      ...letter({
        title: 'Your account is ready',
        paragraphs: [
          `Hello ${name},`,
          'an administrator made an account for you. Set a password to sign in.',
        ],
        button: { label: 'Set password', url: `${publicUrl}/auth/reset#${token}` },
        note: 'The link is good for three days.',
      }),
    }),
    alreadyThere: (name: string): AccountLetter => ({
      subject: 'You have an account already',
      ...letter({
        title: 'You have an account already',
        paragraphs: [
          `Hello ${name},`,
          'somebody, probably you, tried to make an account with this address. There is one already: sign in with it.',
        ],
        button: { label: 'Sign in', url: `${publicUrl}/auth/login` },
        note: 'If you forgot your password, the page to sign in helps. If it was not you, do nothing.',
      }),
    }),
    passwordChanged: (name: string): AccountLetter => ({
      subject: 'Your password was changed',
      ...letter({
        title: 'Your password was changed',
        paragraphs: [
          `Hello ${name},`,
          'the password of your account was changed, and you were signed out on all other devices.',
        ],
        button: { label: 'I did not do this', url: `${publicUrl}/auth/forgot` },
      }),
    }),
  }
}

export type AccountLetters = ReturnType<typeof createAccountLetters>
