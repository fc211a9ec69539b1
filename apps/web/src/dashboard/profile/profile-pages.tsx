import type { ReactNode } from 'react'
import { Navigate, Route, Routes } from 'react-router'
import { paths } from '../../lib/paths.ts'
import { profileApi } from '../../store/api/profile-api.ts'
import { PageHeading } from '../../ui/page-heading.tsx'
import { TabLinks } from '../../ui/tab-links.tsx'
import { DeleteAccount } from './delete-account.tsx'
import { ExportCard } from './export-card.tsx'
import { MailCard } from './mail-card.tsx'
import { PasswordCard } from './password-card.tsx'
import { PersonCard } from './person-card.tsx'
import { PictureCard } from './picture-card.tsx'
import { SessionsCard } from './sessions-card.tsx'
import { profileText } from './text.ts'
import { TokensCard } from './tokens-card.tsx'

const words = profileText.tabs
const TABS = [
  { to: paths.profile, label: words.you },
  { to: `${paths.profile}/security`, label: words.security },
  { to: `${paths.profile}/tokens`, label: words.tokens },
  { to: `${paths.profile}/data`, label: words.data },
]

/** Everything about the own account. */
export function ProfilePages() {
  // What the session knows may be old: the address may have been confirmed in another browser.
  profileApi.useMeQuery()
  return (
    <Routes>
      <Route
        index
        element={
          <Part title={words.you}>
            <PersonCard />
            <PictureCard />
            <MailCard />
          </Part>
        }
      />
      <Route
        path="security"
        element={
          <Part title={words.security}>
            <PasswordCard />
            <SessionsCard />
          </Part>
        }
      />
      <Route
        path="tokens"
        element={
          <Part title={words.tokens}>
            <TokensCard />
          </Part>
        }
      />
      <Route
        path="data"
        element={
          <Part title={words.data}>
            <ExportCard />
            <DeleteAccount />
          </Part>
        }
      />
      <Route path="*" element={<Navigate to={paths.profile} replace />} />
    </Routes>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const pageTitle = title === words.you ? profileText.title : profileText.pageTitle(title)
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6">
      <PageHeading title={profileText.title} pageTitle={pageTitle} />
      <TabLinks label={profileText.sections} tabs={TABS} />
      {children}
    </div>
  )
}
