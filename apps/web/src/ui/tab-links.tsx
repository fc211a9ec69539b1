import { NavLink } from 'react-router'
import { classNames } from '../lib/class-names.ts'

interface TabLinksProps {
  /** Name of the group. */
  label: string
  tabs: readonly { readonly to: string; readonly label: string }[]
}

/** Parts of a page, each with an address of its own. */
export function TabLinks({ label, tabs }: TabLinksProps) {
  return (
    <nav aria-label={label} className="-mx-1 overflow-x-auto px-1">
      <ul className="flex min-w-max gap-1 border-b border-line">
        {tabs.map((tab) => (
          <li key={tab.to}>
            <NavLink
              to={tab.to}
              end
              className={({ isActive }) =>
                classNames(
                  '-mb-px inline-flex min-h-11 items-center rounded-t-control border-b-2 px-3.5 text-[0.9375rem] font-medium',
                  isActive
                    ? 'border-accent text-ink'
                    : 'border-transparent text-soft hover:border-line-strong hover:text-ink',
                )
              }
            >
              {tab.label}
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  )
}
