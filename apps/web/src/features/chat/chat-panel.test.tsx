import { fireEvent, screen, waitFor } from '@testing-library/react'
import { FakeRefusal } from '@video-meet/client/testing'
import { beforeEach, expect, test } from 'vitest'
import { joinTestRoom, renderInRoom, type RoomInTest } from '../../../test/render-in-room.tsx'
import { ChatPanel } from './chat-panel.tsx'

let here: RoomInTest

beforeEach(async () => {
  here = await joinTestRoom()
})

function field(): HTMLTextAreaElement {
  return screen.getByRole('textbox', { name: 'Message' })
}

function write(text: string): void {
  fireEvent.change(field(), { target: { value: text } })
}

function messageFrom(participantId: string, text: string) {
  return { id: crypto.randomUUID(), participantId, name: 'Ana', text, sentAt: '2026-01-01T10:00:00.000Z' }
}

test('Enter sends what is written and empties the field', async () => {
  here.fake.server.answer('chat.send', (input) => ({
    ...messageFrom(here.room.localParticipant.id, (input as { text: string }).text),
    name: 'Me',
  }))
  renderInRoom(here, <ChatPanel />)
  write('Hello Ana')
  fireEvent.keyDown(field(), { key: 'Enter' })
  await waitFor(() => expect(field().value).toBe(''))
  expect(here.fake.server.inputsOf('chat.send')).toEqual([{ text: 'Hello Ana' }])
  expect(screen.getByRole('log').textContent).toContain('Hello Ana')
})

test('what is written while a message is on its way stays', async () => {
  const reply = Promise.withResolvers<unknown>()
  here.fake.server.answer('chat.send', () => reply.promise)
  renderInRoom(here, <ChatPanel />)
  write('Hello Ana')
  fireEvent.keyDown(field(), { key: 'Enter' })
  write('Hello Ana, how are you?')
  reply.resolve({ ...messageFrom(here.room.localParticipant.id, 'Hello Ana'), name: 'Me' })
  await waitFor(() => expect(field().value).toBe(', how are you?'))
})

test('Shift+Enter, and Enter that accepts a composed word, send nothing', () => {
  renderInRoom(here, <ChatPanel />)
  write('Hello')
  fireEvent.keyDown(field(), { key: 'Enter', shiftKey: true })
  fireEvent.keyDown(field(), { key: 'Enter', isComposing: true })
  expect(here.fake.server.inputsOf('chat.send')).toEqual([])
  expect(field().value).toBe('Hello')
})

test('nothing is sent that is empty', () => {
  renderInRoom(here, <ChatPanel />)
  write('  \n ')
  fireEvent.keyDown(field(), { key: 'Enter' })
  expect(here.fake.server.inputsOf('chat.send')).toEqual([])
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send' }).disabled).toBe(true)
})

test('what could not be sent stays in the field, with the reason', async () => {
  here.fake.server.answer('chat.send', () => {
    throw new FakeRefusal('rate_limited')
  })
  renderInRoom(here, <ChatPanel />)
  write('Hello Ana')
  fireEvent.click(screen.getByRole('button', { name: 'Send' }))
  await waitFor(() => expect(screen.getByRole('alert').textContent).toMatch(/^Not sent/))
  expect(field().value).toBe('Hello Ana')
})

test('messages of others appear as text, whatever they contain', async () => {
  renderInRoom(here, <ChatPanel />)
  here.fake.server.notify('chat.messageSent', messageFrom(here.ana.id, '<b>Hi</b> https://example.org'))
  const link = await screen.findByRole<HTMLAnchorElement>('link', { name: 'https://example.org' })
  expect(link.rel).toBe('noopener noreferrer')
  expect(screen.getByRole('log').textContent).toContain('<b>Hi</b>')
})
