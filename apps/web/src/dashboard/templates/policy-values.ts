import { DEFAULT_POLICY, type MeetingPolicy } from '@video-meet/protocol'

/** A policy as the fields of a form hold it. */
export type PolicyValues = {
  readonly 'policy.join': string
  readonly 'policy.talk': string
  readonly 'policy.share': string
  readonly 'policy.chat': string
  readonly 'policy.topology': string
  readonly 'policy.joinBeforeHost': boolean
  readonly 'policy.startMuted': boolean
  /** Empty: no limit. */
  readonly 'policy.maxMinutes': string
  readonly 'policy.expiresAfterHours': string
  readonly 'policy.retentionDays': string
}

/** The fields for `policy`. */
export function policyValues(policy: MeetingPolicy = DEFAULT_POLICY): PolicyValues {
  return {
    'policy.join': policy.join,
    'policy.talk': policy.talk,
    'policy.share': policy.share,
    'policy.chat': policy.chat,
    'policy.topology': policy.topology,
    'policy.joinBeforeHost': policy.joinBeforeHost,
    'policy.startMuted': policy.startMuted,
    'policy.maxMinutes': policy.maxMinutes === null ? '' : String(policy.maxMinutes),
    'policy.expiresAfterHours': String(policy.expiresAfterHours),
    'policy.retentionDays': String(policy.retentionDays),
  }
}

/** What the schema of a policy is asked about. */
export function policyInput(values: PolicyValues): Record<keyof MeetingPolicy, unknown> {
  return {
    join: values['policy.join'],
    talk: values['policy.talk'],
    share: values['policy.share'],
    chat: values['policy.chat'],
    topology: values['policy.topology'],
    joinBeforeHost: values['policy.joinBeforeHost'],
    startMuted: values['policy.startMuted'],
    maxMinutes: numberFrom(values['policy.maxMinutes']),
    expiresAfterHours: numberFrom(values['policy.expiresAfterHours']),
    retentionDays: numberFrom(values['policy.retentionDays']),
  }
}

/** A number as it was typed; null for an empty field. */
export function numberFrom(typed: string): number | null {
  return typed.trim() === '' ? null : Number(typed)
}
