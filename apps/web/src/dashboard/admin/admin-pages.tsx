import { ShieldX } from 'lucide-react'
import type { ReactNode } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { paths } from '../../lib/paths.ts'
import { usePageTitle } from '../../lib/use-page-title.ts'
import { useUser } from '../../store/use-user.ts'
import { ButtonLink } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TabLinks } from '../../ui/tab-links.tsx'
import { AuditPage } from './audit-page.tsx'
import { OrganisationTemplates } from './organisation-templates.tsx'
import { SettingsPage } from './settings-page.tsx'
import { adminText } from './text.ts'
import { UsersPage } from './users-page.tsx'

const words = adminText.tabs
const TABS = [
  { to: paths.admin, label: words.users },
  { to: `${paths.admin}/templates`, label: words.templates },
  { to: `${paths.admin}/settings`, label: words.settings },
  { to: `${paths.admin}/audit`, label: words.audit },
]

/** What administrators do. Others are told so; the server refuses them anyway. */
export function AdminPages() {
  const { role } = useUser()
  if (role !== 'administrator') return <Forbidden />
  return (
    <Routes>
      <Route index element={part(words.users, <UsersPage />)} />
      <Route path="templates" element={part(words.templates, <OrganisationTemplates />)} />
      <Route path="settings" element={part(words.settings, <SettingsPage />)} />
      <Route path="audit" element={part(words.audit, <AuditPage />)} />
      <Route path="*" element={<Navigate to={paths.admin} replace />} />
    </Routes>
  )
}

function part(title: string, content: ReactNode) {
  return (
    <div className="flex flex-col gap-6">
      <PageHeading title={adminText.title} pageTitle={adminText.pageTitle(title)} />
      <TabLinks label={adminText.sections} tabs={TABS} />
      {content}
    </div>
  )
}

function Forbidden() {
  usePageTitle(adminText.title)
  return (
    <EmptyState
      icon={ShieldX}
      title={adminText.forbiddenTitle}
      action={<ButtonLink to={paths.dashboard}>{adminText.toDashboard}</ButtonLink>}
    >
      {adminText.forbidden}
    </EmptyState>
  )
}
