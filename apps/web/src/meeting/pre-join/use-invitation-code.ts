import { createRestClient, RestError } from '@video-meet/client'
import { type MeetingCode, redeemInvitationCode, sendInvitationCode } from '@video-meet/protocol'
import { useState } from 'react'
import { readInvitationToken } from '../../lib/invitation-token.ts'
import { failureText, invitationText } from './invitation-text.ts'

/** Asks for a code by email and exchanges it for the proof with which this browser takes over the invitation. */
export function useInvitationCode(code: MeetingCode, onProof: (proof: string) => void) {
  const [isSent, setSent] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const token = readInvitationToken(code) ?? ''

  async function attempt(work: () => Promise<void>): Promise<void> {
    if (isBusy) return
    setBusy(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(failureText(error instanceof RestError ? error.code : undefined))
      // Somebody else, or this person in another tab, asked for a code a moment ago: it can be entered here.
      if (error instanceof RestError && error.code === 'rate_limited') setSent(true)
    } finally {
      setBusy(false)
    }
  }

  return {
    isSent,
    isBusy,
    problem,
    send: () =>
      attempt(async () => {
        await createRestClient().call(sendInvitationCode, { body: { token } })
        setSent(true)
      }),
    redeem: async (typed: string) => {
      const digits = typed.replace(/\s/g, '')
      if (!/^\d{6}$/.test(digits)) return setProblem(invitationText.codeMissing)
      return attempt(async () => {
        const { proof } = await createRestClient().call(redeemInvitationCode, {
          body: { token, code: digits },
        })
        onProof(proof)
      })
    },
  }
}
