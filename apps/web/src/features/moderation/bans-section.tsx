import type { Ban } from '@video-meet/protocol'
import { useState } from 'react'
import { useRoom } from '../../room/room-context.tsx'
import { Button } from '../../ui/button.tsx'
import { moderationText } from './text.ts'
import type { Attempt } from './use-attempt.ts'

/** Who may not come in. Asked for when somebody wants to know. */
export function BansSection({ attempt }: { attempt: Attempt }) {
  const { moderation } = useRoom().features
  const [bans, setBans] = useState<readonly Ban[] | null>(null)
  if (bans === null)
    return (
      <Button look="secondary" onClick={() => attempt(async () => setBans(await moderation.listBans()))}>
        {moderationText.showBans}
      </Button>
    )
  if (bans.length === 0) return <p className="text-sm text-soft">{moderationText.noBans}</p>
  return (
    <ul aria-label={moderationText.bans} className="divide-y divide-line">
      {bans.map(({ id, name, by, network }) => (
        <li key={id} aria-label={name} className="flex items-center gap-3 py-2">
          <div className="min-w-0 flex-1">
            <p dir="auto" className="truncate font-medium">
              {name}
            </p>
            <p className="text-sm break-words text-soft">{moderationText.banned(by, network)}</p>
          </div>
          <Button
            look="secondary"
            onClick={() =>
              attempt(async () => {
                await moderation.liftBan(id)
                setBans(bans.filter((ban) => ban.id !== id))
              }, moderationText.lifted(name))
            }
          >
            {moderationText.liftBan}
          </Button>
        </li>
      ))}
    </ul>
  )
}
