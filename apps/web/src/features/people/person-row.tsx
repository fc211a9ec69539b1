import { Hand, type LucideIcon, Mic, MicOff, MonitorUp, Video, VideoOff } from 'lucide-react'
import type { ReactNode } from 'react'
import type { PersonView } from '../../store/meeting-slice.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { peopleText } from './text.ts'

/** One person in a list of those who are here; `children` is what can be done to them. */
export function PersonRow({ person, children }: { person: PersonView; children: ReactNode }) {
  const role = peopleText.roles[person.role]
  const below = [role, person.reconnecting && peopleText.reconnecting].filter(Boolean).join(' · ')
  return (
    <li className="flex min-h-14 items-center gap-3 rounded-control pl-2">
      <Avatar name={person.name} className="size-9 text-[0.8125rem]" />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate text-left text-[0.9375rem] font-medium">
          {person.isLocal ? `${person.name} (you)` : person.name}
        </span>
        {below === '' ? null : <span className="block text-[0.8125rem] text-soft">{below}</span>}
      </span>
      {person.hand > 0 ? <State icon={Hand} label={peopleText.handRaised} on /> : null}
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
      {children}
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
