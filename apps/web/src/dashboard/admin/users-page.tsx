import type { ManagedUser } from '@video-meet/protocol'
import { UserSearch } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { adminApi } from '../../store/api/admin-api.ts'
import { useDates } from '../../store/use-dates.ts'
import { useUser } from '../../store/use-user.ts'
import { Badge } from '../../ui/badge.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { SearchField } from '../../ui/search-field.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { UserPicture } from '../../ui/user-picture.tsx'
import { NewUser } from './new-user.tsx'
import { adminText } from './text.ts'
import { UserActions } from './user-actions.tsx'

const words = adminText.users

/** The accounts of this server. */
export function UsersPage() {
  const [typed, setTyped] = useState('')
  const search = useDeferredValue(typed.trim())
  const query = adminApi.useUsersInfiniteQuery(search === '' ? {} : { search })
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <SearchField label={words.search} value={typed} onChange={setTyped} />
        <NewUser />
      </div>
      <Loaded query={query}>
        {({ pages }) => {
          const users = pages.flatMap(({ items }) => items)
          return users.length === 0 ? (
            <EmptyState icon={UserSearch} title={words.empty}>
              {words.emptyHint}
            </EmptyState>
          ) : (
            <>
              <UserTable users={users} />
              <MoreButton query={query} />
            </>
          )
        }}
      </Loaded>
    </>
  )
}

function UserTable({ users }: { users: readonly ManagedUser[] }) {
  const dates = useDates()
  const columns: Column<ManagedUser>[] = [
    { title: words.name, cell: (user) => <Person user={user} /> },
    { title: words.role, from: 'md', cell: ({ role }) => words.roles[role] },
    { title: words.state, from: 'md', cell: ({ state }) => <State state={state} /> },
    {
      title: words.lastSeen,
      from: 'lg',
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? words.never : dates.ago(lastSeenAt)),
    },
    { title: words.actions, titleHidden: true, cell: (user) => <UserActions user={user} /> },
  ]
  return <Table caption={words.caption} columns={columns} rows={users} keyOf={({ id }) => id} />
}

function State({ state }: { state: ManagedUser['state'] }) {
  return <Badge tone={state === 'disabled' ? 'danger' : 'accent'}>{words.states[state]}</Badge>
}

function Person({ user }: { user: ManagedUser }) {
  const me = useUser()
  return (
    <span className="flex min-w-0 items-center gap-3">
      <UserPicture name={user.name} avatar={user.avatar} className="size-9 text-[0.8125rem]" />
      <span className="min-w-0">
        <span dir="auto" className="block font-medium break-words">
          {user.id === me.id ? `${user.name} (${words.you})` : user.name}
        </span>
        <span className="block text-sm break-all text-soft">{user.email}</span>
        <span className="mt-1 flex flex-wrap gap-1.5 md:hidden">
          {user.role === 'administrator' ? <Badge>{words.roles.administrator}</Badge> : null}
          {user.state === 'disabled' ? <State state="disabled" /> : null}
        </span>
      </span>
    </span>
  )
}
