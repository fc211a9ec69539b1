import { useState } from 'react'
import { CopyLinkButton } from '../../room/copy-link-button.tsx'
import { useRoom } from '../../room/room-context.tsx'
import { useTools } from '../../room/tools-context.tsx'
import { useAppSelector } from '../../store/hooks.ts'
import { SearchField } from '../../ui/search-field.tsx'
import { listPeople } from './list-people.ts'
import { PersonRow } from './person-row.tsx'
import { peopleText } from './text.ts'

/** Everyone in the meeting with what they have switched on, who else is expected, and the link to invite more. */
export function PeoplePanel() {
  const room = useRoom()
  const people = useAppSelector((state) => state.meeting.people)
  const [search, setSearch] = useState('')
  const tools = useTools()
  const found = listPeople(people, search)
  return (
    <>
      <div className="px-5 pt-1 pb-3">
        <SearchField label={peopleText.search} value={search} onChange={setSearch} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-3 pb-2">
        {tools ? <tools.WaitingGroup search={search} /> : null}
        <p className="px-2 pb-1 text-sm text-soft">{peopleText.count(people.length)}</p>
        <ul aria-label={peopleText.list}>
          {found.map((person) => (
            <PersonRow key={person.id} person={person}>
              {tools ? <tools.PersonMenu person={person} /> : null}
            </PersonRow>
          ))}
        </ul>
        <p role="status" className="px-2 text-sm text-soft empty:hidden">
          {found.length === 0 ? peopleText.notFound : null}
        </p>
        {tools ? <tools.InvitedGroup search={search} /> : null}
      </div>
      <div className="border-t border-line p-3">
        <CopyLinkButton code={room.code} className="w-full" />
      </div>
    </>
  )
}
