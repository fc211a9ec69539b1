import type { WaitingPerson } from '@video-meet/protocol'
import { MessageSquareText } from 'lucide-react'
import { useState } from 'react'
import { matches } from '../../room/matches.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { MessageDialog } from './message-dialog.tsx'
import { waitingText } from './text.ts'
import { useNow } from './use-now.ts'
import { useWaiting } from './use-waiting.ts'

const MINUTE_MS = 60_000

/** Those who wait to be let in; nothing when nobody does. */
export function WaitingGroup({ search }: { search: string }) {
  const { waiting, admit, deny } = useWaiting()
  const [writingTo, setWritingTo] = useState<readonly WaitingPerson[]>([])
  const now = useNow(MINUTE_MS / 4)
  if (waiting.length === 0) return null
  return (
    <section aria-label={waitingText.group} className="mb-3 rounded-card border border-line bg-sunken p-2">
      <div className="flex flex-wrap items-center gap-2 px-1">
        <h3 className="flex-1 text-sm font-semibold">
          {waitingText.group} · {waiting.length}
        </h3>
        <IconButton
          label={waitingText.messageAll}
          icon={MessageSquareText}
          onClick={() => setWritingTo(waiting)}
        />
        <Button
          onClick={({ currentTarget }) => {
            keepFocus(currentTarget)
            admit(waiting.map(({ id }) => id))
          }}
        >
          {waitingText.admitAll}
        </Button>
      </div>
      <ul aria-label={waitingText.group}>
        {waiting
          .filter(({ name }) => matches(name, search))
          .map((person) => (
            <li key={person.id} aria-label={person.name} className="px-1 py-2">
              <WaitingRow person={person} now={now} />
              <div className="mt-2 flex items-center justify-end gap-2">
                <IconButton
                  label={waitingText.message(person.name)}
                  icon={MessageSquareText}
                  onClick={() => setWritingTo([person])}
                />
                <Button
                  look="secondary"

                  onClick={({ currentTarget }) => {
                    keepFocus(currentTarget)
                    deny([person.id])
                  }}
                >
                  {waitingText.deny}
                </Button>
                <Button
                  onClick={({ currentTarget }) => {
                    keepFocus(currentTarget)
                    admit([person.id])
                  }}
                >
                  {waitingText.admit}
                </Button>
              </div>
            </li>
          ))}
      </ul>
      {writingTo.length > 0 ? <MessageDialog to={writingTo} onClose={() => setWritingTo([])} /> : null}
    </section>
  )
}

/** The button goes away with the person: whoever works by keyboard goes on at the top of the panel. */
function keepFocus(button: HTMLElement): void {
  button.closest('aside')?.querySelector<HTMLElement>('h2')?.focus()
}

function WaitingRow({ person, now }: { person: WaitingPerson; now: number }) {
  const { name, hasAccount, since, wasRemoved, passwordUnchecked } = person
  const minutes = Math.floor((now - Date.parse(since)) / MINUTE_MS)
  return (
    <div className="flex items-center gap-3">
      <Avatar name={name} className="size-9 text-[0.8125rem]" />
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-left text-[0.9375rem] font-medium">
          {name}
        </p>
        <p className="text-[0.8125rem] text-soft">
          {hasAccount ? waitingText.account : waitingText.guest} · {waitingText.waitingFor(minutes)}
        </p>
        {wasRemoved || passwordUnchecked ? (
          <p className="mt-1 flex flex-wrap gap-1">
            {wasRemoved ? <Badge tone="danger">{waitingText.wasRemoved}</Badge> : null}
            {passwordUnchecked ? <Badge tone="danger">{waitingText.passwordUnchecked}</Badge> : null}
          </p>
        ) : null}
      </div>
    </div>
  )
}
