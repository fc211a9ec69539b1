import { Plus } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link, NavLink } from 'react-router'
import { classNames } from '../../lib/class-names.ts'
import { paths } from '../../lib/paths.ts'
import { PRODUCT_NAME, text } from '../../lib/text.ts'
import { ButtonLink } from '../../ui/button.tsx'
import markUrl from '../../ui/mark.svg'
import { OfflineBanner } from '../../ui/offline-banner.tsx'
import { frameText } from '../text.ts'
import { AccountMenu } from './account-menu.tsx'
import { NoticeBell } from './notice-bell.tsx'

/** A page for someone who is signed in: where one can go on top, the page below it. */
export function AppFrame({ children }: { children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col bg-page text-ink">
      <a
        href="#content"
        className="absolute top-2 left-2 z-50 rounded-control bg-accent px-4 py-3 font-semibold text-accent-ink not-focus:sr-only"
      >
        {frameText.skip}
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-surface">
        <OfflineBanner />
        <div className="safe-x mx-auto flex min-h-16 w-full max-w-6xl items-center gap-1 sm:gap-3">
          <Link
            to={paths.dashboard}
            aria-label={PRODUCT_NAME}
            className="inline-flex size-11 shrink-0 items-center justify-center rounded-control"
          >
            <img src={markUrl} alt="" width={32} height={32} />
          </Link>
          <MainNavigation />
          <div className="ml-auto flex items-center gap-1 sm:gap-2">
            <ButtonLink
              look="primary"
              to={paths.newMeeting}
              aria-label={text.newMeeting}
              className="max-sm:px-3"
            >
              <Plus aria-hidden className="size-5" />
              <span className="max-sm:hidden">{text.newMeeting}</span>
            </ButtonLink>
            <NoticeBell />
            <AccountMenu />
          </div>
        </div>
      </header>
      <main id="content" className="safe-x mx-auto w-full max-w-6xl flex-1 py-7 pb-16 sm:py-9">
        {children}
      </main>
    </div>
  )
}

function MainNavigation() {
  return (
    <nav aria-label={frameText.navigation} className="min-w-0">
      <ul className="flex">
        <NavItem to={paths.dashboard} label={frameText.dashboard} />
        {/* On phones it is in the menu of the account. */}
        <NavItem to={paths.templates} label={frameText.templates} className="max-sm:hidden" />
      </ul>
    </nav>
  )
}

interface NavItemProps {
  to: string
  label: string
  className?: string
}

function NavItem({ to, label, className }: NavItemProps) {
  return (
    <li className={className}>
      <NavLink
        to={to}
        end
        className={({ isActive }) =>
          classNames(
            'inline-flex min-h-11 items-center rounded-control px-2.5 text-[0.9375rem] font-medium sm:px-3.5',
            isActive ? 'text-accent-text' : 'text-soft hover:bg-control hover:text-ink',
          )
        }
      >
        {label}
      </NavLink>
    </li>
  )
}
