import type { Features, Participant } from '@video-meet/client'
import { act } from '../../room/act.ts'
import { useRoom } from '../../room/room-context.tsx'
import { useAppDispatch } from '../../store/hooks.ts'
import type { PersonView } from '../../store/meeting-slice.ts'
import { announced } from '../../store/ui-slice.ts'
import type { PersonAction } from './person-actions.ts'
import { personText } from './person-text.ts'

/** Those that are asked about before. */
export type AskedAction = 'rename' | 'remove' | 'ban' | 'makeHost'

/** Does something to somebody, or says what has to be asked before. What is refused is said. */
export function usePersonActions(person: PersonView): (action: PersonAction) => AskedAction | null {
  const { features, participants } = useRoom()
  const dispatch = useAppDispatch()
  return (action) => {
    const asked = askedBefore(action)
    const subject = participants.get().find(({ id }) => id === person.id)
    if (asked !== null || subject === undefined) return asked
    void act(dispatch, async () => {
      await perform(features, subject, action)
      if (action.kind === 'ask') dispatch(announced(personText.asked(person.name)))
    })
    return null
  }
}

function askedBefore(action: PersonAction): AskedAction | null {
  if (action.kind === 'giveRole') return action.role === 'host' ? 'makeHost' : null
  return action.kind === 'rename' || action.kind === 'remove' || action.kind === 'ban' ? action.kind : null
}

async function perform(
  { moderation, hands, layout }: Features,
  { id }: Participant,
  action: PersonAction,
): Promise<void> {
  switch (action.kind) {
    case 'stop':
      return moderation.stop(id, action.source, action.lasting)
    case 'ask':
      return moderation.ask(id, action.device)
    case 'grant':
      return moderation.grant(id, action.capability, action.allowed)
    case 'lowerHand':
      return hands.lowerOf(id)
    case 'spotlight':
      return layout.spotlight(action.on ? id : null)
    case 'giveRole':
      return moderation.giveRole(id, action.role)
    case 'sendToWaitingRoom':
      return moderation.sendToWaitingRoom(id)
    case 'rename':
    case 'remove':
    case 'ban':
      throw new Error(`${action.kind} needs more than a press`)
  }
}
