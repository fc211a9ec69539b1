import { type LucideIcon, Mic, MicOff, MonitorUp, Video, VideoOff } from 'lucide-react'
import { CopyLinkButton } from '../../room/copy-link-button.tsx'
import { useRoom } from '../../room/room-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import type { PersonView } from '../../store/meeting-slice.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { peopleText } from './text.ts'

/** Everyone in the meeting with what they have switched on, and the link to invite more. */
export function PeoplePanel() {
  const room = useRoom()
  const people = useAppSelector((state) => state.meeting.people)
  return (
    <>
      <p className="px-5 pt-1 pb-2 text-sm text-soft">{peopleText.count(people.length)}</p>
      <ul aria-label={peopleText.list} className="min-h-0 flex-1 overflow-y-auto px-3">
        {people.map((person) => (
          <Person key={person.id} person={person} />
        ))}
      </ul>
      <div className="border-t border-line p-3">
        <CopyLinkButton code={room.code} className="w-full" />
      </div>
    </>
  )
}

function Person({ person }: { person: PersonView }) {
  return (
    <li className="flex min-h-14 items-center gap-3 rounded-control px-2">
      <Avatar name={person.name} className="size-9 text-[0.8125rem]" />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate text-left text-[0.9375rem] font-medium">
          {person.isLocal ? `${person.name} (you)` : person.name}
        </span>
        {person.reconnecting ? (
          <span className="block text-[0.8125rem] text-soft">{peopleText.reconnecting}</span>
        ) : null}
      </span>
      {person.sharingScreen ? <State icon={MonitorUp} label={peopleText.sharing} on /> : null}
      <State
        icon={person.muted ? MicOff : Mic}
        label={person.muted ? peopleText.muted : peopleText.unmuted}
        on={!person.muted}
      />
      <State
        icon={person.cameraOn ? Video : VideoOff}
        label={person.cameraOn ? peopleText.cameraOn : peopleText.cameraOff}
        on={person.cameraOn}
      />
    </li>
  )
}

function State({ icon: Icon, label, on }: { icon: LucideIcon; label: string; on: boolean }) {
  return (
    <span title={label} className={on ? 'text-ink' : 'text-soft'}>
      <Icon aria-hidden className="size-[1.125rem]" />
      <span className="sr-only">{label}</span>
    </span>
  )
}
