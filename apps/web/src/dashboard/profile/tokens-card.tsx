import type { ApiToken } from '@video-meet/protocol'
import { KeyRound, Plus } from 'lucide-react'
import { useState } from 'react'
import { profileApi } from '../../store/api/profile-api.ts'
import { useDates } from '../../store/use-dates.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { NewTokenDialog } from './new-token-dialog.tsx'
import { profileText } from './text.ts'

const words = profileText.tokens

/** Tokens with which scripts act for the person. */
export function TokensCard() {
  const query = profileApi.useApiTokensQuery()
  const [creating, setCreating] = useState(false)
  return (
    <Card
      title={words.title}
      description={words.hint}
      action={
        <Button onClick={() => setCreating(true)}>
          <Plus aria-hidden className="size-5" />
          {words.create}
        </Button>
      }
    >
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={KeyRound} title={words.empty}>
              {words.emptyHint}
            </EmptyState>
          ) : (
            <ul className="divide-y divide-line">
              {items.map((token) => (
                <TokenRow key={token.id} token={token} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {creating ? <NewTokenDialog onClose={() => setCreating(false)} /> : null}
    </Card>
  )
}

function TokenRow({ token }: { token: ApiToken }) {
  const dates = useDates()
  const [asking, setAsking] = useState(false)
  const [revoke] = profileApi.useRevokeApiTokenMutation()
  const facts = [
    token.scopes.map((scope) => profileText.scopes[scope]).join(', '),
    token.lastUsedAt === null ? words.neverUsed : profileText.sessions.used(dates.ago(token.lastUsedAt)),
    ...(token.expiresAt === null ? [] : [words.ends(dates.date(token.expiresAt))]),
  ]
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3.5">
      <div className="min-w-0 flex-1 basis-52">
        <p dir="auto" className="font-medium break-words">
          {token.name}
        </p>
        <p className="text-sm text-soft">{facts.join(' · ')}</p>
      </div>
      <Button look="secondary" aria-label={words.revokeOf(token.name)} onClick={() => setAsking(true)}>
        {words.revoke}
      </Button>
      {asking ? (
        <ConfirmDialog
          title={words.revokeTitle(token.name)}
          action={words.revokeAction}
          onConfirm={() => revoke({ params: { id: token.id } }).unwrap()}
          onClose={() => setAsking(false)}
        >
          {words.revokeBody}
        </ConfirmDialog>
      ) : null}
    </li>
  )
}
