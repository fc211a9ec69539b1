import { LevelMeter } from '@video-meet/client'
import { useMemo } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { whileWatched } from '../../lib/while-watched.ts'
import { soundText } from './text.ts'

/** How loud it is, 0 to 1, as a bar that fills. */
export function LevelBar({ label = soundText.level, level }: { label?: string; level: number }) {
  return (
    <meter
      aria-label={label}
      min={0}
      max={1}
      value={level}
      className="block h-2 w-full appearance-none overflow-hidden rounded-full bg-line [&::-moz-meter-bar]:bg-accent [&::-webkit-meter-bar]:border-0 [&::-webkit-meter-bar]:bg-line [&::-webkit-meter-optimum-value]:bg-accent"
    />
  )
}

/** Shows what a microphone hears, also while it is muted. */
export function MicrophoneBar({ track }: { track: MediaStreamTrack }) {
  const level = useStore(useMemo(() => levelOf(track), [track]))
  return <LevelBar level={level} />
}

/** Of a clone, as a muted track gives nothing. */
function levelOf(track: MediaStreamTrack) {
  return whileWatched({
    open() {
      const clone = track.clone()
      clone.enabled = true
      const meter = new LevelMeter(clone)
      return {
        level: meter.level,
        close() {
          meter.close()
          clone.stop()
        },
      }
    },
    storeOf: (meter) => meter.level,
    initial: 0,
  })
}
