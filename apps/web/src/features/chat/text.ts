export const chatText = {
  title: 'Chat',
  field: 'Message',
  placeholder: 'Write to everyone',
  send: 'Send',
  log: 'Conversation',
  empty: 'No messages yet',
  emptyHint: 'Everyone in the meeting can read what you write, and so can people who join later.',
  failed: 'Not sent. Your text is still here; try again.',
  tooFast: 'Not sent: that was a bit fast. Wait a moment and try again.',
  from: (name: string) => `New message from ${name}`,
} as const
