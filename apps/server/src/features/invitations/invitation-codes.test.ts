import { randomBytes, randomUUID } from 'node:crypto'
import { InvitationId } from '@video-meet/protocol'
import { describe, expect, it } from 'vitest'
import { InvitationCodes } from './invitation-codes.ts'

const MINUTE_MS = 60_000
const ID = InvitationId.parse(randomUUID())
const OTHER = InvitationId.parse(randomUUID())
const refused = (code: string) => expect.objectContaining({ code }) as unknown

function openCodes() {
  const clock = { now: Date.parse('2026-03-04T05:06:07Z') }
  const codes = new InvitationCodes(randomBytes(32), () => clock.now)
  return { codes, pass: (ms: number) => void (clock.now += ms) }
}

const otherThan = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0')

describe('InvitationCodes', () => {
  it('turns the emailed code into a proof for that invitation alone', async () => {
    const { codes } = openCodes()
    const code = codes.issue(ID)
    expect(code).toMatch(/^\d{6}$/)
    const proof = await codes.redeem(ID, code)
    expect(await codes.isProof(ID, proof)).toBe(true)
    expect(await codes.isProof(OTHER, proof)).toBe(false)
    expect(await codes.isProof(ID, 'forged')).toBe(false)
  })

  it('accepts a code once', async () => {
    const { codes } = openCodes()
    const code = codes.issue(ID)
    await codes.redeem(ID, code)
    await expect(codes.redeem(ID, code)).rejects.toEqual(refused('wrong_code'))
  })

  it('accepts no code of another invitation', async () => {
    const { codes } = openCodes()
    const code = codes.issue(ID)
    codes.issue(OTHER)
    await codes.redeem(OTHER, otherThan(code)).catch(() => undefined)
    await expect(codes.redeem(InvitationId.parse(randomUUID()), code)).rejects.toEqual(refused('wrong_code'))
  })

  it('gives up on a code after 5 wrong tries', async () => {
    const { codes } = openCodes()
    const code = codes.issue(ID)
    for (let tries = 0; tries < 5; tries += 1)
      await expect(codes.redeem(ID, otherThan(code))).rejects.toEqual(refused('wrong_code'))
    await expect(codes.redeem(ID, code)).rejects.toEqual(refused('wrong_code'))
  })

  it('accepts a code for 10 minutes and a proof for 15', async () => {
    const { codes, pass } = openCodes()
    const late = codes.issue(ID)
    pass(10 * MINUTE_MS)
    await expect(codes.redeem(ID, late)).rejects.toEqual(refused('wrong_code'))
    const proof = await codes.redeem(ID, codes.issue(ID))
    pass(14 * MINUTE_MS)
    expect(await codes.isProof(ID, proof)).toBe(true)
    pass(2 * MINUTE_MS)
    expect(await codes.isProof(ID, proof)).toBe(false)
  })

  it('replaces the code before', async () => {
    const { codes, pass } = openCodes()
    const first = codes.issue(ID)
    pass(MINUTE_MS)
    const second = codes.issue(ID)
    // One in a million times both are the same.
    const wrong = first === second ? otherThan(first) : first
    await expect(codes.redeem(ID, wrong)).rejects.toEqual(refused('wrong_code'))
    await codes.redeem(ID, second)
  })

  it('sends one code a minute and five an hour', () => {
    const { codes, pass } = openCodes()
    codes.issue(ID)
    expect(() => codes.issue(ID)).toThrow('another code in 60 s')
    for (let sent = 1; sent < 5; sent += 1) {
      pass(MINUTE_MS)
      codes.issue(ID)
    }
    pass(MINUTE_MS)
    expect(() => codes.issue(ID)).toThrow('another code in 3300 s')
    codes.issue(OTHER)
    pass(55 * MINUTE_MS)
    codes.issue(ID)
  })
})
