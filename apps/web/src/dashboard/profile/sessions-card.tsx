import { logoutEverywhere, type Session } from '@video-meet/protocol'
import { MonitorSmartphone } from 'lucide-react'
import { useState } from 'react'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { useAccount } from '../../store/account-context.tsx'
import { profileApi } from '../../store/api/profile-api.ts'
import { useDates } from '../../store/use-dates.ts'
import { useToast } from '../../store/use-toast.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { profileText } from './text.ts'

const words = profileText.sessions

/** Where the person is signed in. */
export function SessionsCard() {
  const query = profileApi.useSessionsQuery()
  const { rest, session } = useAccount()
  const [asking, setAsking] = useState(false)

  async function signOutEverywhere(): Promise<void> {
    await rest.call(logoutEverywhere, {})
    session.ended()
  }

  return (
    <Card
      title={words.title}
      description={words.hint}
      action={
        <Button look="secondary" onClick={() => setAsking(true)}>
          {words.everywhere}
        </Button>
      }
    >
      <Loaded query={query}>
        {({ items }) => (
          <ul className="divide-y divide-line">
            {items.map((item) => (
              <SessionRow key={item.id} session={item} />
            ))}
          </ul>
        )}
      </Loaded>
      {asking ? (
        <ConfirmDialog
          title={words.everywhereTitle}
          action={words.everywhere}
          onConfirm={signOutEverywhere}
          onClose={() => setAsking(false)}
        >
          {words.everywhereBody}
        </ConfirmDialog>
      ) : null}
    </Card>
  )
}

function SessionRow({ session }: { session: Session }) {
  const dates = useDates()
  const toast = useToast()
  const [end, { isLoading }] = profileApi.useEndSessionMutation()

  async function signOut(): Promise<void> {
    try {
      await end({ params: { id: session.id } }).unwrap()
      toast(words.ended(session.device))
    } catch (error) {
      toast(failureText(toFailure(error)), 'error')
    }
  }

  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3.5">
      <MonitorSmartphone aria-hidden className="size-5 shrink-0 text-soft" />
      <div className="min-w-0 flex-1 basis-52">
        <p className="flex flex-wrap items-center gap-2 font-medium">
          {session.device}
          {session.current ? <Badge tone="accent">{words.current}</Badge> : null}
        </p>
        <p className="text-sm text-soft">
          {session.address} · {words.used(dates.ago(session.lastUsedAt))} ·{' '}
          {words.since(dates.date(session.createdAt))}
        </p>
      </div>
      {session.current ? null : (
        <Button
          look="secondary"
          aria-label={words.signOutOf(session.device)}
          aria-disabled={isLoading}
          onClick={() => (isLoading ? undefined : void signOut())}
        >
          {words.signOut}
        </Button>
      )}
    </li>
  )
}
