import { isIP } from 'node:net'
import { availableParallelism, networkInterfaces } from 'node:os'
import path from 'node:path'
import { VideoCodec } from '@video-meet/protocol'
import * as z from 'zod'
import { DatabaseUrlError, parseDatabaseUrl } from './db/database-url.ts'
import { parseImapUrl, takesReplyToken } from './mail/imap-url.ts'
import { parseSmtpUrl } from './mail/smtp-url.ts'
import { isStunUrl, isTurnUrl } from './platform/ice-url.ts'
import { findMisspelled } from './platform/misspelled-names.ts'

const MAX_PORT = 65_535
const MAX_WORKERS = 64
const MAX_PROXIES = 10
const SECRET_KEY_MIN_LENGTH = 32
/** Whoever has one TURN credential can try out secrets against it, without anybody noticing. */
const TURN_SECRET_MIN_LENGTH = 16
const NEVER_SHOWN = new Set(['SECRET_KEY', 'DATABASE_URL', 'SMTP_URL', 'IMAP_URL', 'TURN_SECRET'])

/** What the operator has set; `.env.example` explains each variable. */
export type Config = Readonly<ReturnType<typeof toConfig>>

/** The environment cannot be used. The message says what to change, one line per problem, and shows no secret. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * Reads the settings; an empty one counts as not set.
 *
 * @throws {ConfigError}
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  )
  const settings = Settings.safeParse(given)
  const problems = settings.success
    ? [...portConflicts(settings.data), ...halfTurn(settings.data), ...mailboxProblems(settings.data)]
    : settings.error.issues.map((issue) => describe(issue, given))
  if (settings.success && problems.length === 0) return toConfig(settings.data)
  throw new ConfigError([...new Set(problems)].join('\n'))
}

const Settings = z.object({
  HOST: z.string().refine(isAddress, 'Set it to an IP address or a host name of this machine.').optional(),
  PORT: wholeNumber(0, MAX_PORT).default(3000),
  PUBLIC_URL: z
    .string()
    .transform(toOrigin)
    .refine(
      (origin) => origin !== '',
      'Set it to what people open, such as https://meet.example.org, without anything behind the host.',
    )
    .optional(),
  DATA_DIR: z.string().default('./data'),
  DATABASE_URL: z
    .string()
    .superRefine((url, context) => {
      const problem = databaseUrlProblem(url)
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
    })
    .default('sqlite:'),
  SECRET_KEY: z
    .string()
    .refine(
      (key) => key.length >= SECRET_KEY_MIN_LENGTH && !isGuessable(key),
      `Set it to at least ${SECRET_KEY_MIN_LENGTH} random characters, or remove it to have a key made in DATA_DIR.`,
    )
    .optional(),
  TRUST_PROXY: wholeNumber(0, MAX_PROXIES).default(0),
  CORS_ORIGINS: z
    .string()
    .transform((text) => text.split(',').map((origin) => toOrigin(origin.trim())))
    .refine(
      (origins) => !origins.includes(''),
      'Set it to exact origins with commas between them, such as https://intranet.example.org.',
    )
    .default([]),
  RTC_LISTEN_IP: z
    .string()
    .refine(
      (text) => isIP(text) !== 0,
      'Set it to an IP address of this machine, or remove it to listen on all.',
    )
    .optional(),
  RTC_ANNOUNCED_ADDRESS: z
    .string()
    .refine(isAddress, 'Set it to the IP address or the host name by which clients reach this machine.')
    .optional(),
  RTC_PORT: wholeNumber(1, MAX_PORT).default(44_400),
  RTC_WORKERS: wholeNumber(1, MAX_WORKERS).default(() => Math.min(availableParallelism(), MAX_WORKERS)),
  TOPOLOGY: z.enum(['auto', 'sfu']).default('auto'),
  MESH_MAX: wholeNumber(2, 6).default(2),
  SEATS_PER_NETWORK: wholeNumber(1, 10_000).default(60),
  SEATS_PER_NETWORK_TOTAL: wholeNumber(1, 1_000_000).default(200),
  VIDEO_CODEC: z.enum(VideoCodec.options).default('vp8'),
  STUN_URLS: listOf(
    isStunUrl,
    'Set it to addresses like stun:stun.example.org:3478, with commas between them.',
  ),
  TURN_URLS: listOf(
    isTurnUrl,
    'Set it to addresses like turn:turn.example.org:3478 or turns:turn.example.org:443?transport=tcp, with commas between them.',
  ),
  TURN_SECRET: listOf(
    (secret) => secret.length >= TURN_SECRET_MIN_LENGTH,
    `Set it to static-auth-secret of the TURN server: at least ${TURN_SECRET_MIN_LENGTH} characters, none of them a comma.`,
  ),
  SMTP_URL: z
    .string()
    .superRefine((url, context) => {
      const problem = problemOf(() => parseSmtpUrl(url))
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
    })
    .optional(),
  IMAP_URL: z
    .string()
    .superRefine((url, context) => {
      const problem = problemOf(() => parseImapUrl(url))
      if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
    })
    .optional(),
  MAIL_FROM: z
    .string()
    .refine(
      isMailSender,
      'Set it to a mail address, such as meet@example.org or Video Meet <meet@example.org>.',
    )
    .optional(),
  EMAILS_PER_NEW_ACCOUNT: wholeNumber(0, 1_000_000).default(50),
  EMAILS_PER_ACCOUNT: wholeNumber(0, 1_000_000).default(500),
  EMAILS_PER_SERVER: wholeNumber(1, 10_000_000).default(10_000),
  SIGN_UP: oneOf(['open', 'invited', 'closed']).optional(),
  WHO_MAY_CREATE: oneOf(['anyone', 'users']).optional(),
  LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
})
type Settings = z.infer<typeof Settings>

function toConfig(settings: Settings) {
  const { HOST, PORT, SECRET_KEY, RTC_LISTEN_IP, RTC_ANNOUNCED_ADDRESS } = settings
  const publicUrl = settings.PUBLIC_URL ?? `http://localhost:${PORT}`
  return {
    host: HOST ?? everyAddress(),
    port: PORT,
    /** Origin under which people reach the server, without a slash at its end. */
    publicUrl,
    /** Absolute; may not exist yet. */
    dataDir: path.resolve(settings.DATA_DIR),
    databaseUrl: settings.DATABASE_URL,
    ...(SECRET_KEY === undefined ? {} : { secretKey: SECRET_KEY }),
    /** Number of reverse proxies in front. */
    trustProxy: settings.TRUST_PROXY,
    corsOrigins: settings.CORS_ORIGINS,
    rtc: {
      ...(RTC_LISTEN_IP === undefined ? {} : { listenIp: RTC_LISTEN_IP }),
      ...(RTC_ANNOUNCED_ADDRESS === undefined ? {} : { announcedAddress: RTC_ANNOUNCED_ADDRESS }),
      /** UDP and TCP port of the first worker; those of the next ones follow it. */
      port: settings.RTC_PORT,
      workers: settings.RTC_WORKERS,
    },
    topology: { serverOnly: settings.TOPOLOGY === 'sfu', meshMax: settings.MESH_MAX },
    /** People from one network who are neither expected nor hold the meeting. */
    seats: {
      seatsPerNetwork: settings.SEATS_PER_NETWORK,
      seatsPerNetworkTotal: settings.SEATS_PER_NETWORK_TOTAL,
    },
    preferredCodec: settings.VIDEO_CODEC,
    ice: {
      stunUrls: settings.STUN_URLS,
      turnUrls: settings.TURN_URLS,
      /** The first makes credentials; the others are on their way out. */
      turnSecrets: settings.TURN_SECRET,
    },
    ...(settings.SMTP_URL === undefined ? {} : { smtpUrl: settings.SMTP_URL }),
    /** Receives answers from calendar programs. */
    mailbox: mailboxOf(settings),
    mailFrom: settings.MAIL_FROM ?? `Video Meet <no-reply@${new URL(publicUrl).hostname}>`,
    /** Emails in 24 hours. */
    mailLimits: {
      newAccount: settings.EMAILS_PER_NEW_ACCOUNT,
      account: settings.EMAILS_PER_ACCOUNT,
      server: settings.EMAILS_PER_SERVER,
    },
    /** What administrators cannot change while the server runs. */
    fixedSettings: {
      ...(settings.SIGN_UP === undefined ? {} : { signUp: settings.SIGN_UP }),
      ...(settings.WHO_MAY_CREATE === undefined ? {} : { whoMayCreate: settings.WHO_MAY_CREATE }),
    },
    logLevel: settings.LOG_LEVEL,
  }
}

/** One sentence for each variable that is no setting but is spelled almost like one. They don't stop the start. */
export function settingWarnings(env: NodeJS.ProcessEnv = process.env): string[] {
  const given = Object.keys(env).filter((name) => env[name] !== undefined && env[name] !== '')
  return findMisspelled(given, Object.keys(Settings.shape)).map(
    ({ name, nearest }) => `${name} is not a setting and has no effect. Did you mean ${nearest}?`,
  )
}

function portConflicts({ PORT, RTC_PORT, RTC_WORKERS }: Settings): string[] {
  const last = RTC_PORT + RTC_WORKERS - 1
  const ports = `RTC_PORT ${RTC_PORT} and RTC_WORKERS ${RTC_WORKERS} take the ports ${RTC_PORT} to ${last}`
  if (last > MAX_PORT) return [`${ports}, but the last port is ${MAX_PORT}. Lower one of them.`]
  if (PORT >= RTC_PORT && PORT <= last)
    return [`${ports}, and PORT ${PORT} is one of them. Change one of them.`]
  return []
}

function halfTurn({ TURN_URLS, TURN_SECRET }: Settings): string[] {
  if (TURN_URLS.length > 0 && TURN_SECRET.length === 0)
    return ['TURN_URLS is set, but TURN_SECRET is not. Set it to static-auth-secret of the TURN server.']
  if (TURN_SECRET.length > 0 && TURN_URLS.length === 0)
    return ['TURN_SECRET is set, but TURN_URLS is not. Set it to the addresses of the TURN server.']
  return []
}

/** The mailbox that IMAP_URL names, with its address. */
function mailboxOf({ IMAP_URL, MAIL_FROM }: Settings) {
  if (IMAP_URL === undefined) return undefined
  const settings = parseImapUrl(IMAP_URL)
  const sender = /<([^<>\s]+)>$/.exec(MAIL_FROM ?? '')?.[1] ?? MAIL_FROM ?? ''
  return { ...settings, address: settings.address ?? sender }
}

function mailboxProblems(settings: Settings): string[] {
  const mailbox = mailboxOf(settings)
  if (!mailbox) return []
  if (settings.SMTP_URL === undefined)
    return ['IMAP_URL is set, but SMTP_URL is not. Set it, so that invitations go out which can be answered.']
  if (takesReplyToken(mailbox.address)) return []
  return [
    'IMAP_URL names no address. Add ?address= with the address of the mailbox, or set MAIL_FROM to it; the part before the @ has at most 22 characters.',
  ]
}

function describe(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0])
  const value = NEVER_SHOWN.has(name) ? 'not usable' : JSON.stringify(given[name])
  return `${name} is ${value}. ${issue.message}`
}

function wholeNumber(min: number, max: number) {
  return z
    .string()
    .transform((text) => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN))
    .refine((number) => number >= min && number <= max, `Set it to a whole number from ${min} to ${max}.`)
}

/** Values with commas between them; none when it is not set. */
function listOf(isOne: (text: string) => boolean, remedy: string) {
  return z
    .string()
    .transform((text) => text.split(',').map((part) => part.trim()))
    .refine((parts) => parts.every(isOne), remedy)
    .default([])
}

function oneOf<const Word extends string>(words: readonly Word[]) {
  return z.enum(words, { error: `Set it to one of ${words.join(', ')}.` })
}

function databaseUrlProblem(url: string): string | undefined {
  try {
    parseDatabaseUrl(url, '.')
    return undefined
  } catch (error) {
    if (error instanceof DatabaseUrlError) return error.message
    throw error
  }
}

/** The message of what `parse` throws. */
function problemOf(parse: () => unknown): string | undefined {
  try {
    parse()
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** `address`, or `name <address>`; one line. */
function isMailSender(text: string): boolean {
  const address = /^[^<>\r\n]*<([^<>\s]+)>$/.exec(text)?.[1] ?? text
  return z.email().safeParse(address).success
}

/** The http(s) origin that `text` spells, or nothing when it says more or less than that. */
function toOrigin(text: string): string {
  const url = URL.parse(text)
  if (!url || !/^https?:$/.test(url.protocol)) return ''
  return url.href === `${url.origin}/` ? url.origin : ''
}

/** An IP address or a host name. Digits and dots alone are a mistyped IPv4 address, such as 300.1.1.1. */
function isAddress(text: string): boolean {
  if (isIP(text) !== 0) return true
  return (
    !/^[\d.]+$/.test(text) &&
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/i.test(text)
  )
}

/** Whether a key looks like one from an example, or like a key held down. */
function isGuessable(key: string): boolean {
  return /^(change|replace|your|example|default|insert|secret|password)/i.test(key) || new Set(key).size < 10
}

/** `::` also takes IPv4, but cannot be opened where IPv6 is switched off. */
function everyAddress(): string {
  const hasIPv6 = Object.values(networkInterfaces()).some((list) =>
    list?.some(({ family }) => family === 'IPv6'),
  )
  return hasIPv6 ? '::' : '0.0.0.0'
}
