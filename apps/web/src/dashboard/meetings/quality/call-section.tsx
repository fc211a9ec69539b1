import type { CallQuality, PersonQuality } from '@video-meet/protocol'
import { useDates } from '../../../store/use-dates.ts'
import { Badge } from '../../../ui/badge.tsx'
import { type Column, Table } from '../../../ui/table.tsx'
import { type Figure, figuresOf, personSentence, spanText } from './quality-words.ts'
import { ShareBar } from './share-bar.tsx'
import { qualityText } from './text.ts'
import { Timeline } from './timeline.tsx'

/** One call: how everyone was connected, and what happened. */
export function CallSection({ call }: { call: CallQuality }) {
  const { startedAt, endedAt, people, events } = call
  const dates = useDates()
  const when = dates.dateTime(startedAt)
  const seconds = (Date.parse(endedAt) - Date.parse(startedAt)) / 1000
  return (
    <div className="flex flex-col gap-4">
      <h3 className="flex flex-wrap items-baseline gap-x-2 font-semibold">
        {when}
        <span className="text-sm font-normal text-soft">
          {spanText(seconds)}, {qualityText.people(people.length)}
        </span>
      </h3>
      <PeopleTable caption={qualityText.tableOf(when)} people={people} />
      <Timeline events={events} when={when} />
    </div>
  )
}

/** Guests may have the same name; their order does not change. */
type Row = PersonQuality & { readonly key: string }

function PeopleTable({ caption, people }: { caption: string; people: readonly PersonQuality[] }) {
  const { time } = useDates()
  const rows = people.map((person, index) => ({ ...person, key: String(index) }))
  const figure = (name: keyof ReturnType<typeof figuresOf>): Column<Row> => ({
    title: qualityText[name],
    from: 'md',
    cell: (person) => <FigureCell figure={figuresOf(person)[name]} />,
  })
  const columns: Column<Row>[] = [
    {
      title: qualityText.person,
      cell: (person) => <PersonCell person={person} sentence={personSentence(person, time)} />,
    },
    figure('way'),
    figure('delay'),
    figure('loss'),
    figure('figures'),
  ]
  return <Table caption={caption} columns={columns} rows={rows} keyOf={({ key }) => key} />
}

function PersonCell({ person, sentence }: { person: PersonQuality; sentence: string }) {
  return (
    <div className="flex min-w-40 flex-col gap-1.5 py-1">
      <span className="flex flex-wrap items-center gap-2">
        <span dir="auto" className="font-medium break-words">
          {person.name}
        </span>
        {person.kind === 'guest' ? <Badge>{qualityText.guest}</Badge> : null}
      </span>
      <ShareBar person={person} />
      <span className="text-sm text-pretty text-soft">{sentence}</span>
      <PhoneFigures person={person} />
    </div>
  )
}

/** Where there is no room for columns, the figures stand with the person. */
function PhoneFigures({ person }: { person: PersonQuality }) {
  const figures = figuresOf(person)
  return (
    <dl className="mt-1 grid grid-cols-2 gap-x-4 gap-y-2 md:hidden">
      {(['way', 'delay', 'loss', 'figures'] as const).map((name) => (
        <div key={name}>
          <dt className="text-xs text-soft">{qualityText[name]}</dt>
          <dd>
            <FigureCell figure={figures[name]} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function FigureCell({ figure: { main, beside } }: { figure: Figure }) {
  return (
    <span className="flex flex-col text-sm tabular-nums md:whitespace-nowrap">
      <span>{main}</span>
      {beside.map((words) => (
        <span key={words} className="text-soft">
          {words}
        </span>
      ))}
    </span>
  )
}
