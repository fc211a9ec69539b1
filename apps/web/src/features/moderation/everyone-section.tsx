import { Hand, MicOff } from 'lucide-react'
import { useRoom } from '../../room/room-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import { Button } from '../../ui/button.tsx'
import { moderationText } from './text.ts'
import type { Attempt } from './use-attempt.ts'

/** What can be done to all who are here. */
export function EveryoneSection({ attempt }: { attempt: Attempt }) {
  const { moderation, hands } = useRoom().features
  const anyHand = useAppSelector(({ meeting }) => meeting.people.some(({ hand }) => hand > 0))
  return (
    <div className="mb-3 flex flex-wrap gap-2">
      <Button look="secondary" onClick={() => attempt(() => moderation.muteAll(), moderationText.muted)}>
        <MicOff aria-hidden className="size-5" />
        {moderationText.muteAll}
      </Button>
      <Button
        look="secondary"
        onClick={() => attempt(() => moderation.muteAll(true), moderationText.mutedLasting)}
      >
        {moderationText.muteAllLasting}
      </Button>
      <Button
        look="secondary"
        disabled={!anyHand}
        onClick={() => attempt(() => hands.lowerAll(), moderationText.lowered)}
      >
        <Hand aria-hidden className="size-5" />
        {moderationText.lowerAll}
      </Button>
    </div>
  )
}
