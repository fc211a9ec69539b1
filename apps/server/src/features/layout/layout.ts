import { type CommonLayout, layoutContract } from '@video-meet/protocol'
import { defineRoomFeature } from '../../room/room-feature.ts'

/** What moderators arrange for everyone: who is shown large, and whose arrangement all follow. */
export const layout = defineRoomFeature({
  contract: layoutContract,
  create(room) {
    let common: CommonLayout = { spotlight: null, led: null }
    const change = (part: Partial<CommonLayout>) => {
      common = { ...common, ...part }
      room.broadcast('layout.changed', common)
    }
    const undo = [
      room.on('left', ({ id }) => {
        const { spotlight, led } = common
        const pinned = led?.layout.pinned === id
        if (spotlight === id) change({ spotlight: null })
        if (led?.by === id) change({ led: null })
        else if (led && pinned) change({ led: { ...led, layout: { ...led.layout, pinned: null } } })
      }),
      room.on('changed', (member) => {
        if (common.led?.by === member.id && !member.may('moderate')) change({ led: null })
      }),
    ]
    return {
      handlers: {
        'layout.spotlight': (moderator, { participantId }) => {
          change({ spotlight: participantId })
          const subject = participantId === null ? null : room.member(participantId)
          room.record({
            action: subject ? 'call.spotlighted' : 'call.spotlight_ended',
            actor: moderator,
            ...(subject && { subject: { id: subject.id, name: subject.name } }),
          })
          return {}
        },
        'layout.lead': (moderator, { layout: led }) => {
          const { id } = moderator
          const isNew = led ? common.led?.by !== id : common.led !== null
          if (led) change({ led: { by: id, layout: led } })
          else if (isNew) change({ led: null })
          if (isNew)
            room.record({ action: led ? 'call.layout_led' : 'call.layout_released', actor: moderator })
          return {}
        },
      },
      snapshot: () => common,
      close() {
        for (const stop of undo) stop()
      },
    }
  },
})
