import { describe, expect, it } from 'vitest'
import { assertStrong } from './password-rules.ts'
import { createPasswords } from './passwords.ts'

describe('passwords', () => {
  const passwords = createPasswords(2)

  it('are hashed with argon2id, at the cost that OWASP asks for, each with a salt of its own', async () => {
    const [one, other] = [await passwords.hash('correct horse'), await passwords.hash('correct horse')]
    expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(one).not.toBe(other)
  })

  it('are known again, and no others, however they are composed', async () => {
    const hash = await passwords.hash('pässwörd 🎉'.normalize('NFC'))
    expect(await passwords.verify(hash, 'pässwörd 🎉'.normalize('NFD'))).toBe(true)
    expect(await passwords.verify(hash, 'pässwörd 🎊')).toBe(false)
    expect(await passwords.verify(hash, `${'x'.repeat(300)}`)).toBe(false)
  })

  it('of nobody take as long, and are wrong', async () => {
    const hash = await passwords.hash('correct horse')
    const time = async (of: string | null) => {
      const began = performance.now()
      for (let n = 0; n < 5; n += 1) expect(await passwords.verify(of, 'wrong horse')).toBe(false)
      return performance.now() - began
    }
    await time(null)
    expect((await time(null)) / (await time(hash))).toBeGreaterThan(0.5)
  })

  // As much work as the queue holds, and the machine may have other work.
  it('are refused rather than queued without end', { timeout: 60_000 }, async () => {
    const results = await Promise.allSettled(Array.from({ length: 204 }, () => passwords.verify(null, 'x')))
    const refused = results.filter((result) => result.status === 'rejected')
    expect(refused).toHaveLength(2)
    expect(refused[0]).toMatchObject({ reason: { code: 'unavailable' } })
  })
})

describe('a new password', () => {
  const about = ['ana.berger@example.org', 'Ana Berger']

  it.each([
    ['1234567', 'is too short'],
    ['password1', 'is one that many have'],
    ['PassWord1', 'is one that many have, in any case'],
    ['zzzzzzzzzzzz', 'is one key held down'],
    ['ana.berger@example.org', 'is the address'],
    ['Ana.Berger', 'is the address without its end'],
    ['ana berger', 'is the name'],
  ])('%s is refused: it %s', (password) => {
    expect(() => assertStrong(password, about)).toThrow(expect.objectContaining({ code: 'weak_password' }))
  })

  it.each(['correct horse battery staple', '🎉🎊🎈🎁🎂🍰🧁🍭', 'x7#kPq2!'])(
    '%s is let through',
    (password) => {
      expect(() => assertStrong(password, about)).not.toThrow()
    },
  )
})
