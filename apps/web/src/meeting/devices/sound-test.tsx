import { EchoTest, type EchoView, playTestTone } from '@video-meet/client'
import { Mic, Square, Volume2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { useStore } from '../../lib/use-store.ts'
import { Button } from '../../ui/button.tsx'
import { LevelBar } from './level-bar.tsx'
import { soundText } from './text.ts'

interface SoundTestProps {
  /** Gives a microphone track that belongs to the test. */
  open: () => Promise<MediaStreamTrack>
  /** Which loudspeaker to use; empty for the system's default. */
  speakerId: string
}

/** Lets people hear themselves and their loudspeaker before the others do. */
export function SoundTest({ open, speakerId }: SoundTestProps) {
  const [echo] = useState(() => new EchoTest())
  const view = useStore(echo.state)
  const tone = useTestTone(speakerId)
  useEffect(() => () => echo.stop(), [echo])
  const running = view.phase !== 'ready' && view.phase !== 'failed'
  const begin = (start: () => void): void => {
    echo.stop()
    tone.stop()
    start()
  }

  return (
    <div className="grid gap-3 rounded-card border border-line bg-sunken p-4">
      <div className="flex flex-wrap gap-2">
        <Button
          look="secondary"
          onClick={() => begin(running ? () => undefined : () => void echo.start({ open, speakerId }))}
        >
          {running ? <Square aria-hidden className="size-4.5" /> : <Mic aria-hidden className="size-4.5" />}
          {running ? soundText.stopMicrophone : soundText.testMicrophone}
        </Button>
        <Button look="secondary" onClick={() => begin(tone.playing ? () => undefined : tone.start)}>
          {tone.playing ? (
            <Square aria-hidden className="size-4.5" />
          ) : (
            <Volume2 aria-hidden className="size-4.5" />
          )}
          {tone.playing ? soundText.stopSpeaker : soundText.testSpeaker}
        </Button>
      </div>
      {running ? (
        <div className="grid gap-2">
          <LevelBar level={view.level} />
          <Progress value={view.progress} />
        </div>
      ) : null}
      <p role="status" className="text-sm text-soft">
        {tone.words ?? wordsFor(view)}
      </p>
    </div>
  )
}

function Progress({ value }: { value: number }) {
  return (
    <span aria-hidden className="block h-1 overflow-hidden rounded-full bg-line">
      <span style={{ width: `${value * 100}%` }} className="block h-full bg-line-strong" />
    </span>
  )
}

function wordsFor({ phase, heard, error }: EchoView): string {
  switch (phase) {
    case 'ready':
      if (heard === null) return soundText.about
      return heard ? soundText.heard : soundText.unheard
    case 'failed':
      return soundText.failed(error?.reason ?? 'unknown')
    default:
      return soundText[phase]
  }
}

function useTestTone(speakerId: string) {
  const [words, setWords] = useState<string | null>(null)
  const playing = useRef<AbortController | null>(null)
  useEffect(() => () => playing.current?.abort(), [])

  async function play(): Promise<void> {
    const controller = new AbortController()
    playing.current = controller
    setWords(soundText.tone)
    const over = await playTestTone(speakerId, controller.signal).then(
      () => soundText.toneOver,
      () => soundText.failed('no_web_audio'),
    )
    if (playing.current !== controller) return
    playing.current = null
    setWords(over)
  }

  return {
    playing: words === soundText.tone,
    words,
    start: () => void play(),
    stop() {
      playing.current?.abort()
      playing.current = null
      setWords(null)
    },
  }
}
