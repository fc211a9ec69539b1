const WORDS: Readonly<Record<string, string>> = {
  'account.created': 'Created an account',
  'account.deleted': 'Deleted their account',
  'account.password_changed': 'Changed their password',
  'account.password_reset': 'Reset their password',
  'account.signed_in': 'Signed in',
  'api_token.created': 'Made an API token',
  'meeting.cancelled': 'Cancelled a meeting',
  'meeting.deleted': 'Deleted a meeting',
  'meeting.ended': 'Ended a meeting',
  'settings.changed': 'Changed the settings',
  'user.active': 'Enabled an account',
  'user.changed': 'Changed an account',
  'user.created': 'Created a user',
  'user.deleted': 'Deleted a user',
  'user.disabled': 'Disabled an account',
}

/** What was done, in words; the name of the action itself where this app does not know it. */
export function auditWords(action: string): string {
  return WORDS[action] ?? action
}
