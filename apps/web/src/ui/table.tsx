import type { ReactNode } from 'react'
import { classNames } from '../lib/class-names.ts'

export interface Column<Row> {
  readonly title: string
  /** The title is read aloud only. */
  readonly titleHidden?: boolean
  /** Left out where the window is narrower. */
  readonly from?: 'md' | 'lg'
  readonly cell: (row: Row) => ReactNode
}

interface TableProps<Row> {
  /** What it lists; read aloud only. */
  caption: string
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
}

const FROM = { md: 'max-md:hidden', lg: 'max-lg:hidden' } as const

/** Rows of the same kind. The first column names the row. */
export function Table<Row>({ caption, columns, rows, keyOf }: TableProps<Row>) {
  return (
    <section
      aria-label={caption}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- who uses no mouse scrolls it with the arrow keys
      tabIndex={0}
      className="overflow-x-auto rounded-card border border-line bg-surface"
    >
      <table className="w-full border-collapse text-left text-[0.9375rem]">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="border-b border-line text-sm text-soft">
            {columns.map((column) => (
              <th
                key={column.title}
                scope="col"
                className={classNames('px-4 py-3 font-medium', column.from && FROM[column.from])}
              >
                <span className={column.titleHidden ? 'sr-only' : undefined}>{column.title}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-b border-line last:border-b-0">
              {columns.map((column, index) => (
                <Cell key={column.title} heads={index === 0} from={column.from}>
                  {column.cell(row)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface CellProps {
  heads: boolean
  from: Column<unknown>['from']
  children: ReactNode
}

function Cell({ heads, from, children }: CellProps) {
  const look = classNames('px-4 py-2.5 align-middle font-normal', from && FROM[from])
  return heads ? (
    <th scope="row" className={look}>
      {children}
    </th>
  ) : (
    <td className={look}>{children}</td>
  )
}
