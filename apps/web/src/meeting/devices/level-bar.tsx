import { LevelMeter } from '@video-meet/client'
import { useMemo } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { whileWatched } from '../../lib/while-watched.ts'
import { soundText } from './text.ts'

/** How loud it is, 0 to 1, as a bar that fills. */
export function LevelBar({ level }: { level: number }) {
  return (
    <span className="relative block h-2 overflow-hidden rounded-full bg-control-hover">
      <meter
        aria-label={soundText.level}
        min={0}
        max={1}
        value={level}
        className="absolute inset-0 size-full opacity-0"
      />
      <span
        style={{ width: `${level * 100}%` }}
        className="block h-full bg-accent transition-[width] duration-75"
      />
    </span>
  )
}

/** Shows what a microphone hears, also while it is muted; nothing where the browser can't measure it. */
export function MicrophoneBar({ track }: { track: MediaStreamTrack }) {
  const level = useStore(useMemo(() => levelOf(track), [track]))
  return level === null ? null : <LevelBar level={level} />
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
    initial: 0 as number | null,
  })
}
