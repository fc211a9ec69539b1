import { failureText, toFailure } from '../../lib/failure-text.ts'
import { profileApi } from '../../store/api/profile-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { useUser } from '../../store/use-user.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { profileText } from './text.ts'

const words = profileText.mail

/** The own mail address, and whether it was confirmed. */
export function MailCard() {
  const { email, emailVerified } = useUser()
  const toast = useToast()
  const [request, { isLoading }] = profileApi.useRequestEmailVerificationMutation()

  async function resend(): Promise<void> {
    if (isLoading) return
    try {
      await request().unwrap()
      toast(words.sent)
    } catch (error) {
      toast(failureText(toFailure(error)), 'error')
    }
  }

  return (
    <Card title={words.title}>
      <p className="flex flex-wrap items-center gap-3">
        <span className="min-w-0 font-medium break-words">{email}</span>
        <Badge tone={emailVerified ? 'accent' : 'danger'}>
          {emailVerified ? words.verified : words.unverified}
        </Badge>
      </p>
      {emailVerified ? null : (
        <>
          <p className="mt-3 text-[0.9375rem] text-soft">{words.hint}</p>
          <Button look="secondary" className="mt-4" aria-disabled={isLoading} onClick={() => void resend()}>
            {isLoading ? <Spinner /> : null}
            {words.resend}
          </Button>
        </>
      )}
    </Card>
  )
}
