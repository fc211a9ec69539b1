import type { ChatMessage } from '@video-meet/protocol'
import { MessageSquareText } from 'lucide-react'
import { useLayoutEffect, useRef } from 'react'
import { classNames } from '../../lib/class-names.ts'
import { text } from '../../lib/text.ts'
import { groupMessages, type MessageGroup } from './group-messages.ts'
import { linkedText } from './linked-text.ts'
import { chatText } from './text.ts'

const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })
/** Someone who is this close to the end reads along; anyone higher up is reading back and is left there. */
const NEAR_END_PX = 80

/** All messages, oldest first. New ones are read aloud. */
export function MessageList({ messages, ownId }: { messages: readonly ChatMessage[]; ownId: string }) {
  const ref = useRef<HTMLDivElement>(null)
  const followsEnd = useRef(true)

  useLayoutEffect(() => {
    const list = ref.current
    if (list !== null && (followsEnd.current || messages.at(-1)?.participantId === ownId)) {
      list.scrollTop = list.scrollHeight
    }
  }, [messages, ownId])

  return (
    <div
      ref={ref}
      role="log"
      aria-label={chatText.log}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={({ currentTarget: list }) => {
        followsEnd.current = list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX
      }}
      className="min-h-0 flex-1 overflow-y-auto overscroll-contain px-4 py-3 -outline-offset-2"
    >
      {messages.length === 0 ? <NoMessages /> : null}
      <ol className="flex flex-col gap-4">
        {groupMessages(messages).map((group) => (
          <Group key={group.key} group={group} own={group.participantId === ownId} />
        ))}
      </ol>
    </div>
  )
}

function NoMessages() {
  return (
    <div className="flex h-full flex-col items-center justify-center px-6 text-center">
      <MessageSquareText aria-hidden className="mb-3 size-8 text-soft" />
      <p className="font-medium">{chatText.empty}</p>
      <p className="mt-1 text-sm text-pretty text-soft">{chatText.emptyHint}</p>
    </div>
  )
}

function Group({ group, own }: { group: MessageGroup; own: boolean }) {
  return (
    <li className={classNames('flex flex-col', own ? 'items-end' : 'items-start')}>
      <p className="mb-1 flex max-w-full items-baseline gap-2 px-1 text-[0.8125rem]">
        <span dir="auto" className="truncate font-semibold">
          {own ? text.you : group.name}
        </span>
        <time dateTime={group.sentAt} className="shrink-0 text-xs text-soft">
          {TIME.format(new Date(group.sentAt))}
        </time>
      </p>
      {group.messages.map((message) => (
        <p
          key={message.id}
          dir="auto"
          className={classNames(
            'mt-0.5 max-w-[88%] rounded-2xl px-3.5 py-2 text-[0.9375rem] leading-snug break-words whitespace-pre-wrap',
            own ? 'bg-accent-soft' : 'bg-control',
          )}
        >
          {linkedText(message.text).map(({ text: part, href }, index) =>
            href === null ? (
              part
            ) : (
              <a
                key={index}
                href={href}
                target="_blank"
                rel="noopener noreferrer"
                className="text-accent-text underline underline-offset-2"
              >
                {part}
              </a>
            ),
          )}
        </p>
      ))}
    </li>
  )
}
