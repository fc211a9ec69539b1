import type { AuditEntry } from '@video-meet/protocol'
import { ScrollText } from 'lucide-react'
import { adminApi } from '../../store/api/admin-api.ts'
import { useDates } from '../../store/use-dates.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { MoreButton } from '../../ui/more-button.tsx'
import { type Column, Table } from '../../ui/table.tsx'
import { auditWords } from './audit-words.ts'
import { adminText } from './text.ts'

const words = adminText.audit

/** What was done on this server. */
export function AuditPage() {
  const query = adminApi.useAuditInfiniteQuery({})
  return (
    <Loaded query={query}>
      {({ pages }) => {
        const entries = pages.flatMap(({ items }) => items)
        return entries.length === 0 ? (
          <EmptyState icon={ScrollText} title={words.empty}>
            {words.emptyHint}
          </EmptyState>
        ) : (
          <>
            <AuditTable entries={entries} />
            <MoreButton query={query} />
          </>
        )
      }}
    </Loaded>
  )
}

function AuditTable({ entries }: { entries: readonly AuditEntry[] }) {
  const dates = useDates()
  const columns: Column<AuditEntry>[] = [
    {
      title: words.when,
      cell: ({ at }) => (
        <time dateTime={at} className="md:whitespace-nowrap">
          {dates.dateTime(at)}
        </time>
      ),
    },
    { title: words.who, from: 'md', cell: ({ actor }) => actor ?? words.server },
    { title: words.what, cell: (entry) => <Deed entry={entry} /> },
    { title: words.subject, from: 'md', cell: ({ subject }) => subject ?? '–' },
    { title: words.address, from: 'lg', cell: ({ address }) => address ?? '–' },
  ]
  return <Table caption={words.caption} columns={columns} rows={entries} keyOf={({ id }) => id} />
}

/** What was done; on phones with who did it to what, for which there are no columns there. */
function Deed({ entry: { action, actor, subject } }: { entry: AuditEntry }) {
  return (
    <>
      <span title={action}>{auditWords(action)}</span>
      <span className="block text-sm text-soft md:hidden">
        {[actor ?? words.server, subject].filter(Boolean).join(' · ')}
      </span>
    </>
  )
}
