import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig, settingWarnings } from './config.ts'

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('readConfig', () => {
  it('needs nothing to be set', () => {
    const config = readConfig({})
    expect(config).toEqual({
      host: expect.stringMatching(/^(::|0\.0\.0\.0)$/),
      port: 3000,
      publicUrl: 'http://localhost:3000',
      dataDir: path.resolve('data'),
      databaseUrl: 'sqlite:',
      trustProxy: 0,
      corsOrigins: [],
      rtc: { port: 44_400, workers: expect.any(Number) },
      topology: { serverOnly: false, meshMax: 2 },
      seats: { seatsPerNetwork: 60, seatsPerNetworkTotal: 200 },
      preferredCodec: 'vp8',
      ice: { stunUrls: [], turnUrls: [], turnSecrets: [] },
      mailFrom: 'Video Meet <no-reply@localhost>',
      mailLimits: { newAccount: 50, account: 500, server: 10_000 },
      fixedSettings: {},
      logLevel: 'info',
    })
    expect(config.rtc.workers).toBeGreaterThanOrEqual(1)
  })

  it('reads everything that is set', () => {
    expect(
      readConfig({
        HOST: '127.0.0.1',
        PORT: '8080',
        PUBLIC_URL: 'https://Meet.example.org/',
        DATA_DIR: '/srv/meet',
        DATABASE_URL: 'sqlite:/srv/meet.sqlite',
        SECRET_KEY: 'p8vXy2T4n6Wc1Rk9Zs3Lm5Qb7Jd0Fh2GaUe',
        TRUST_PROXY: '2',
        CORS_ORIGINS: 'https://a.example, http://b.example:8080',
        RTC_LISTEN_IP: '::1',
        RTC_ANNOUNCED_ADDRESS: 'media.example.org',
        RTC_PORT: '50000',
        RTC_WORKERS: '4',
        TOPOLOGY: 'sfu',
        MESH_MAX: '6',
        SEATS_PER_NETWORK: '80',
        SEATS_PER_NETWORK_TOTAL: '500',
        VIDEO_CODEC: 'av1',
        STUN_URLS: 'stun:stun.example.org',
        TURN_URLS: 'turn:turn.example.org, turns:turn.example.org:443?transport=tcp',
        TURN_SECRET: 'nF7qLw2Zs9Xv4Bk1Td6R, the-one-before-this',
        WHO_MAY_CREATE: 'users',
        SIGN_UP: 'invited',
        SMTP_URL: 'smtps://mail.example.org',
        MAIL_FROM: 'meet@example.org',
        LOG_LEVEL: 'debug',
        EMAILS_PER_NEW_ACCOUNT: '5',
        EMAILS_PER_ACCOUNT: '50',
        EMAILS_PER_SERVER: '500',
        HOME: '/root',
      }),
    ).toEqual({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'https://meet.example.org',
      dataDir: '/srv/meet',
      databaseUrl: 'sqlite:/srv/meet.sqlite',
      secretKey: 'p8vXy2T4n6Wc1Rk9Zs3Lm5Qb7Jd0Fh2GaUe',
      trustProxy: 2,
      corsOrigins: ['https://a.example', 'http://b.example:8080'],
      rtc: { listenIp: '::1', announcedAddress: 'media.example.org', port: 50_000, workers: 4 },
      topology: { serverOnly: true, meshMax: 6 },
      seats: { seatsPerNetwork: 80, seatsPerNetworkTotal: 500 },
      preferredCodec: 'av1',
      ice: {
        stunUrls: ['stun:stun.example.org'],
        turnUrls: ['turn:turn.example.org', 'turns:turn.example.org:443?transport=tcp'],
        turnSecrets: ['nF7qLw2Zs9Xv4Bk1Td6R', 'the-one-before-this'],
      },
      smtpUrl: 'smtps://mail.example.org',
      mailFrom: 'meet@example.org',
      mailLimits: { newAccount: 5, account: 50, server: 500 },
      fixedSettings: { signUp: 'invited', whoMayCreate: 'users' },
      logLevel: 'debug',
    })
  })

  it('takes an empty variable for one that is not set', () => {
    expect(readConfig({ PORT: '', SECRET_KEY: '', CORS_ORIGINS: '' })).toEqual(readConfig({}))
  })

  it('derives the public address from the port', () => {
    expect(readConfig({ PORT: '8080' }).publicUrl).toBe('http://localhost:8080')
  })

  it.each([
    ['PORT', '80a', 'a whole number from 0 to 65535'],
    ['PORT', '65536', 'a whole number from 0 to 65535'],
    ['HOST', 'http://x', 'an IP address or a host name'],
    ['PUBLIC_URL', 'meet.example.org', 'such as https://meet.example.org'],
    ['PUBLIC_URL', 'https://meet.example.org/path', 'without anything behind the host'],
    ['PUBLIC_URL', 'ftp://meet.example.org', 'such as https://meet.example.org'],
    ['TRUST_PROXY', 'true', 'a whole number from 0 to 10'],
    ['CORS_ORIGINS', '*', 'exact origins'],
    ['CORS_ORIGINS', 'https://a.example,https://b.example/x', 'exact origins'],
    ['RTC_LISTEN_IP', 'localhost', 'an IP address of this machine'],
    ['RTC_ANNOUNCED_ADDRESS', 'not a host', 'the IP address or the host name'],
    ['RTC_PORT', '0', 'a whole number from 1 to 65535'],
    ['RTC_WORKERS', '65', 'a whole number from 1 to 64'],
    ['STUN_URLS', 'stun.example.org', 'like stun:stun.example.org:3478'],
    ['STUN_URLS', 'turn:turn.example.org', 'like stun:stun.example.org:3478'],
    ['TURN_URLS', 'turn:a.example.org,turn://b.example.org', 'like turn:turn.example.org:3478'],
    ['WHO_MAY_CREATE', 'nobody', 'one of anyone, users'],
    ['LOG_LEVEL', 'loud', 'one of fatal, error, warn'],
  ])('refuses %s=%s and says what to set', (name, value, remedy) => {
    const problems = problemsOf({ [name]: value })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain(`${name} is "${value}". `)
    expect(problems[0]).toContain(remedy)
  })

  it('refuses a secret key that is short or obvious, without showing it', () => {
    for (const SECRET_KEY of ['Xk3short', 'changeme-changeme-changeme-changeme', 'a'.repeat(64)]) {
      const [problem] = problemsOf({ SECRET_KEY })
      expect(problem).toContain('SECRET_KEY is not usable. Set it to at least 32 random characters')
      expect(problem).not.toContain(SECRET_KEY)
    }
  })

  it('refuses one half of what TURN needs', () => {
    expect(problemsOf({ TURN_URLS: 'turn:turn.example.org' })).toEqual([
      'TURN_URLS is set, but TURN_SECRET is not. Set it to static-auth-secret of the TURN server.',
    ])
    expect(problemsOf({ TURN_SECRET: 'nF7qLw2Zs9Xv4Bk1Td6R' })).toEqual([
      'TURN_SECRET is set, but TURN_URLS is not. Set it to the addresses of the TURN server.',
    ])
  })

  it('refuses a TURN secret that is short, without showing it', () => {
    for (const TURN_SECRET of ['Xk3short', 'nF7qLw2Zs9Xv4Bk1Td6R,Xk3short', 'nF7qLw2Zs9Xv4Bk1Td6R,']) {
      const [problem] = problemsOf({ TURN_URLS: 'turn:turn.example.org', TURN_SECRET })
      expect(problem).toContain('TURN_SECRET is not usable. Set it to static-auth-secret')
      expect(problem).not.toContain(TURN_SECRET)
    }
  })

  it.each(['postgres://meet:secret@db/meet', 'mysql://meet:secret@db:3307/meet?sslmode=verify-full'])(
    'takes %s for a database',
    (DATABASE_URL) => {
      expect(readConfig({ DATABASE_URL }).databaseUrl).toBe(DATABASE_URL)
    },
  )

  it('refuses the address of no database, without showing it', () => {
    for (const DATABASE_URL of ['mongodb://meet:hunter2@db/meet', 'postgres://meet:hunter2@db']) {
      const [problem] = problemsOf({ DATABASE_URL })
      expect(problem).toMatch(/^DATABASE_URL is not usable\. (Begin it with sqlite:|Name the database)/)
      expect(problem).not.toContain('hunter2')
    }
  })

  it('refuses media ports that do not fit or meet the HTTP port', () => {
    expect(problemsOf({ RTC_PORT: '65530', RTC_WORKERS: '7' })[0]).toContain(
      '65530 to 65536, but the last port is 65535',
    )
    expect(problemsOf({ RTC_PORT: '65529', RTC_WORKERS: '7' })).toEqual([])
    expect(problemsOf({ PORT: '44401', RTC_WORKERS: '2' })[0]).toContain('PORT 44401 is one of them')
  })

  it('refuses a host that is a mistyped IPv4 address', () => {
    expect(problemsOf({ HOST: '300.1.1.1' })[0]).toContain('HOST is "300.1.1.1". Set it to an IP address')
    expect(problemsOf({ RTC_ANNOUNCED_ADDRESS: '203.0.113' })[0]).toContain('RTC_ANNOUNCED_ADDRESS')
    expect(problemsOf({ HOST: '0.example.org' })).toEqual([])
  })

  it('names every problem at once', () => {
    const problems = problemsOf({ PORT: 'x', LOG_LEVEL: 'y', RTC_PORT: '0' })
    const names = problems.map((problem) => problem.split(' ')[0])
    expect(names).toHaveLength(3)
    expect(names).toEqual(expect.arrayContaining(['LOG_LEVEL', 'PORT', 'RTC_PORT']))
  })
})

describe('settingWarnings', () => {
  it('points out a misspelled setting with the nearest one, and starts all the same', () => {
    const env = { PROT: '3001', SMTP: 'smtp://mail.example.org', HOME: '/root' }
    expect(settingWarnings(env)).toEqual([
      'PROT is not a setting and has no effect. Did you mean PORT?',
      'SMTP is not a setting and has no effect. Did you mean SMTP_URL?',
    ])
    expect(problemsOf(env)).toEqual([])
  })
})
