import { withoutLinks } from '@video-meet/protocol'
import { type Letter, letter as compose, type LetterParts } from '../../mail/letter.ts'

/** Purpose of an email about an account; each has its own limit per recipient. */
export type AccountMailPurpose = 'verify' | 'reset' | 'welcome' | 'registered' | 'security'

/** The content of an email about an account. */
export interface AccountLetter extends Letter {
  readonly subject: string
}

interface SignInFacts {
  /** Such as `Firefox on Linux`. */
  readonly device: string
  readonly address: string
}

function lettersOf(publicUrl: string) {
  const footer = `Video Meet on ${new URL(publicUrl).host} sent this email about an account with your address.`
  return (parts: LetterParts): Letter => compose({ ...parts, footer })
}

/** The emails about accounts. Links carry tokens behind a #, so that tokens never reach a log. */
export function createAccountLetters(publicUrl: string) {
  const letter = lettersOf(publicUrl)
  return {
    verify: (name: string, token: string): AccountLetter => ({
      subject: 'Confirm your email address',
      ...letter({
        title: 'Confirm your email address',
        paragraphs: [
          `Hello ${withoutLinks(name)},`,
          'somebody, probably you, created an account with this address. To use it, confirm the address and enter a password.',
        ],
        button: { label: 'Confirm address', url: `${publicUrl}/auth/verify#${token}` },
        note: "The link works for a day. If you didn't create an account, ignore this email.",
      }),
    }),
    reset: (name: string, token: string): AccountLetter => ({
      subject: 'Set a new password',
      ...letter({
        title: 'Set a new password',
        paragraphs: [
          `Hello ${withoutLinks(name)},`,
          'somebody, probably you, asked to reset the password of your account.',
        ],
        button: { label: 'Set password', url: `${publicUrl}/auth/reset#${token}` },
        note: "The link works for an hour. If you didn't ask for it, ignore this email: your password stays the same.",
      }),
    }),
    welcome: (name: string, token: string): AccountLetter => ({
      subject: 'Your account is ready',
      ...letter({
        title: 'Your account is ready',
        paragraphs: [
          `Hello ${withoutLinks(name)},`,
          'an administrator created an account for you. Set a password to sign in.',
        ],
        button: { label: 'Set password', url: `${publicUrl}/auth/reset#${token}` },
        note: 'The link works for three days.',
      }),
    }),
    alreadyThere: (name: string): AccountLetter => ({
      subject: 'You already have an account',
      ...letter({
        title: 'You already have an account',
        paragraphs: [
          `Hello ${withoutLinks(name)},`,
          'somebody, probably you, tried to create an account with this address. You already have one: sign in with it.',
        ],
        button: { label: 'Sign in', url: `${publicUrl}/auth/login` },
        note: "If you forgot your password, you can reset it on the sign-in page. If it wasn't you, ignore this email.",
      }),
    }),
    ...createSecurityLetters(publicUrl),
  }
}

/** Emails that tell people of a change that somebody else may have made. */
function createSecurityLetters(publicUrl: string) {
  const letter = lettersOf(publicUrl)
  const passwordButton = { label: 'Reset your password', url: `${publicUrl}/auth/forgot` }
  return {
    passwordChanged: (name: string): AccountLetter => ({
      subject: 'Your password was changed',
      ...letter({
        title: 'Your password was changed',
        paragraphs: [
          `Hello ${withoutLinks(name)},`,
          'the password of your account was changed, and you were signed out on all other devices.',
          "If this wasn't you, reset your password now.",
        ],
        button: passwordButton,
      }),
    }),
    newDevice: (name: string, { device, address }: SignInFacts): AccountLetter => ({
      subject: 'New sign-in to your account',
      ...letter({
        title: 'New sign-in to your account',
        paragraphs: [
          `Hello ${withoutLinks(name)},`,
          'somebody, probably you, signed in to your account on a device that was not used for it before.',
          "If this wasn't you, reset your password now. That signs out all devices.",
        ],
        facts: [
          ['Device', device],
          ['Address', address],
        ],
        button: passwordButton,
      }),
    }),
    newApiToken: (name: string, tokenName: string): AccountLetter => ({
      subject: 'New API token for your account',
      ...letter({
        title: 'New API token for your account',
        paragraphs: [
          `Hello ${withoutLinks(name)},`,
          'somebody, probably you, created an API token. With it, scripts can act in your name.',
          "If this wasn't you, reset your password now. That signs out all devices and ends all API tokens.",
        ],
        facts: [['Token', withoutLinks(tokenName)]],
        button: passwordButton,
      }),
    }),
  }
}

export type AccountLetters = ReturnType<typeof createAccountLetters>
