import { LevelMeter } from '@video-meet/client'
import { useMemo } from 'react'
import { classNames } from '../../lib/class-names.ts'
import { useStore } from '../../lib/use-store.ts'
import { whileWatched } from '../../lib/while-watched.ts'
import { preJoinText } from '../text.ts'

/** Louder bars stand higher, like a row of glasses. */
const HEIGHTS = ['h-1.5', 'h-2', 'h-2.5', 'h-3', 'h-3.5'] as const
const BARS = HEIGHTS.length

/** Shows that the microphone hears something; nothing where the browser can't measure it. */
export function MicrophoneLevel({ track }: { track: MediaStreamTrack }) {
  const level = useStore(useMemo(() => levelOf(track), [track]))
  if (level === null) return null
  return (
    <span className="relative inline-flex h-9 items-center gap-1 rounded-xl bg-black/65 px-3">
      <meter
        aria-label={preJoinText.microphoneLevel}
        min={0}
        max={BARS}
        value={Math.round(level * BARS)}
        className="absolute inset-0 size-full opacity-0"
      />
      {HEIGHTS.map((height, index) => (
        <span
          key={height}
          className={classNames(
            'w-1 rounded-full transition-colors duration-75',
            height,
            level > (index + 0.4) / BARS ? 'bg-accent' : 'bg-white/30',
          )}
        />
      ))}
    </span>
  )
}

function levelOf(track: MediaStreamTrack) {
  return whileWatched({
    open: () => new LevelMeter(track),
    storeOf: (meter) => meter.level,
    initial: 0 as number | null,
  })
}
