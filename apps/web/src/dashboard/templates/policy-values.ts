import { DEFAULT_POLICY, type MeetingPolicy } from '@video-meet/protocol'

/** A policy as the fields of a form hold it. */
export type PolicyValues = {
  readonly 'policy.join': string
  readonly 'policy.talk': string
  readonly 'policy.video': string
  readonly 'policy.share': string
  readonly 'policy.chat': string
  readonly 'policy.waitingRoom': string
  readonly 'policy.settings': string
  readonly 'policy.topology': string
  readonly 'policy.joinBeforeHost': boolean
  readonly 'policy.startMuted': boolean
  /** Empty: at any time. */
  readonly 'policy.opensMinutesBefore': string
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
    'policy.video': policy.video,
    'policy.share': policy.share,
    'policy.chat': policy.chat,
    'policy.waitingRoom': policy.waitingRoom,
    'policy.settings': policy.settings,
    'policy.topology': policy.topology,
    'policy.joinBeforeHost': policy.joinBeforeHost,
    'policy.startMuted': policy.startMuted,
    'policy.opensMinutesBefore': typed(policy.opensMinutesBefore),
    'policy.maxMinutes': typed(policy.maxMinutes),
    'policy.expiresAfterHours': String(policy.expiresAfterHours),
    'policy.retentionDays': String(policy.retentionDays),
  }
}

/** What the schema of a policy is asked about. */
export function policyInput(values: PolicyValues): Record<keyof MeetingPolicy, unknown> {
  return {
    join: values['policy.join'],
    talk: values['policy.talk'],
    video: values['policy.video'],
    share: values['policy.share'],
    chat: values['policy.chat'],
    waitingRoom: values['policy.waitingRoom'],
    settings: values['policy.settings'],
    topology: values['policy.topology'],
    joinBeforeHost: values['policy.joinBeforeHost'],
    startMuted: values['policy.startMuted'],
    opensMinutesBefore: numberFrom(values['policy.opensMinutesBefore']),
    maxMinutes: numberFrom(values['policy.maxMinutes']),
    expiresAfterHours: numberFrom(values['policy.expiresAfterHours']),
    retentionDays: numberFrom(values['policy.retentionDays']),
  }
}

function typed(value: number | null): string {
  return value === null ? '' : String(value)
}

/** A number as it was typed; null for an empty field. */
export function numberFrom(typed: string): number | null {
  return typed.trim() === '' ? null : Number(typed)
}
