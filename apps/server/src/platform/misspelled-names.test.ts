import { describe, expect, it } from 'vitest'
import { findMisspelled } from './misspelled-names.ts'

const SETTINGS = [
  'HOST',
  'PORT',
  'DATA_DIR',
  'DATABASE_URL',
  'SMTP_URL',
  'TURN_URLS',
  'MAIL_FROM',
  'LOG_LEVEL',
  'RTC_ANNOUNCED_ADDRESS',
]

describe('findMisspelled', () => {
  it.each([
    ['PROT', 'PORT'],
    ['SMTP', 'SMTP_URL'],
    ['SMTP_SERVER', 'SMTP_URL'],
    ['DATADIR', 'DATA_DIR'],
    ['DATABASE_URI', 'DATABASE_URL'],
    ['port', 'PORT'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['MAILFROM', 'MAIL_FROM'],
    ['TURN_URL', 'TURN_URLS'],
    ['RTC_ANNOUNCED_IP', 'RTC_ANNOUNCED_ADDRESS'],
  ])('takes %s for %s', (name, nearest) => {
    expect(findMisspelled([name], SETTINGS)).toEqual([{ name, nearest }])
  })

  it('leaves the variables of other programs alone', () => {
    const others = [
      'PATH',
      'HOME',
      'HOSTNAME',
      'LOGNAME',
      'MAIL',
      'PWD',
      'USER',
      'SHELL',
      'TERM',
      'LANG',
      'TZ',
    ]
    expect(findMisspelled([...others, 'NODE_ENV', 'npm_config_cache', 'XDG_DATA_DIRS'], SETTINGS)).toEqual([])
  })

  it('leaves settings that are spelled right alone', () => {
    expect(findMisspelled(SETTINGS, SETTINGS)).toEqual([])
  })
})
