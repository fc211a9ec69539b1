import type { TopologyReason } from '@video-meet/protocol'

const WHY: Readonly<Record<TopologyReason, string>> = {
  few_people: 'Sound and pictures go through the server.',
  many_people:
    'Sound and pictures go through the server, because there are too many people to send to each of them.',
  setting: 'Sound and pictures go through the server, as this meeting or its server wants it.',
  moderation: 'Sound and pictures go through the server, because a moderator stopped what somebody sends.',
  receive_only: 'Sound and pictures go through the server, because somebody here may only listen or watch.',
  no_links: 'Sound and pictures go through the server, because somebody’s app cannot connect directly.',
  link_failed: 'Sound and pictures go through the server, because two of you could not connect directly.',
  limited: 'Sound and pictures go through the server, because it is too much for somebody to send to each.',
  phone: 'Sound and pictures go through the server, because somebody is on a phone.',
}

export const topologyText = {
  directBadge: 'Direct',
  serverBadge: 'Server',
  direct: 'Sound and pictures go from browser to browser, not through the server.',
  why: WHY,
}
