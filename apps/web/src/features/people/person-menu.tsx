import {
  Activity,
  Ban,
  DoorClosed,
  Ellipsis,
  Hand,
  type LucideIcon,
  MessageSquareText,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  Pencil,
  Pin,
  Sparkles,
  UserRoundCog,
  UserRoundMinus,
  Video,
  VideoOff,
} from 'lucide-react'
import { Fragment, useState } from 'react'
import { useMe } from '../../room/use-may.ts'
import { useAppDispatch, useAppSelector } from '../../store/hooks.ts'
import type { PersonView } from '../../store/meeting-slice.ts'
import { dialogOpened, layoutChanged } from '../../store/ui-slice.ts'
import { MenuItem } from '../../ui/menu-item.tsx'
import { Menu } from '../../ui/menu.tsx'
import { type PersonAction, personActions } from './person-actions.ts'
import { PersonDialog } from './person-dialogs.tsx'
import { actionText, personText } from './person-text.ts'
import { type AskedAction, usePersonActions } from './use-person-actions.ts'

/** What this person can do to somebody, and nothing else. */
export function PersonMenu({ person }: { person: PersonView }) {
  const me = useMe()
  const run = usePersonActions(person)
  const [asking, setAsking] = useState<AskedAction | null>(null)
  const groups = me === undefined ? [] : personActions(me, person)
  if (groups.length === 0 && person.isLocal) return <span aria-hidden className="w-11 shrink-0" />
  return (
    <>
      <Menu
        label={personText.more(person.name)}
        trigger={<Ellipsis aria-hidden className="size-5" />}
        triggerClassName="inline-flex size-11 items-center justify-center rounded-control text-soft hover:bg-control hover:text-ink"
      >
        {groups.map((actions, index) => (
          <Fragment key={actions[0]?.kind}>
            {index > 0 ? <hr className="mx-3 my-1 border-line" /> : null}
            {actions.map((action) => (
              <MenuItem
                key={actionText(action)}
                icon={iconOf(action)}
                danger={action.kind === 'remove' || action.kind === 'ban'}
                onSelect={() => setAsking(run(action))}
              >
                {actionText(action)}
              </MenuItem>
            ))}
          </Fragment>
        ))}
        {person.isLocal ? null : <OwnItems id={person.id} alone={groups.length === 0} />}
      </Menu>
      {asking === null ? null : (
        <PersonDialog asking={asking} person={person} onClose={() => setAsking(null)} />
      )}
    </>
  )
}

function OwnItems({ id, alone }: { id: string; alone: boolean }) {
  const dispatch = useAppDispatch()
  const pinned = useAppSelector(({ ui }) => ui.layout.pinned === id)
  return (
    <>
      {alone ? null : <hr className="mx-3 my-1 border-line" />}
      <MenuItem icon={Pin} onSelect={() => dispatch(layoutChanged({ pinned: pinned ? null : id }))}>
        {pinned ? personText.unpin : personText.pin}
      </MenuItem>
      <MenuItem icon={Activity} onSelect={() => dispatch(dialogOpened('connection'))}>
        {personText.connection}
      </MenuItem>
    </>
  )
}

const STOP = { microphone: MicOff, camera: VideoOff, screen: MonitorX } as const
const LET = { microphone: Mic, camera: Video, screen: MonitorUp, chat: MessageSquareText } as const

function iconOf(action: PersonAction): LucideIcon {
  switch (action.kind) {
    case 'stop':
      return STOP[action.source]
    case 'ask':
      return LET[action.device]
    case 'grant':
      return LET[action.capability]
    case 'lowerHand':
      return Hand
    case 'spotlight':
      return Sparkles
    case 'rename':
      return Pencil
    case 'giveRole':
      return UserRoundCog
    case 'sendToWaitingRoom':
      return DoorClosed
    case 'remove':
      return UserRoundMinus
    case 'ban':
      return Ban
  }
}
