import type { JoinErrorReason, Room } from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'
import { type SubmitEvent, useRef, useState } from 'react'
import { readPreference, writePreference } from '../../lib/preferences.ts'
import { useStore } from '../../lib/use-store.ts'
import { Button } from '../../ui/button.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { DevicePickers } from '../device-pickers.tsx'
import { joinFailureText, preJoinText } from '../text.ts'
import { CaptureProblems } from './capture-problems.tsx'
import type { DeviceState, LocalPreview, PreviewState } from './local-preview.ts'
import { Preview } from './preview.tsx'
import { type LateDevices, useJoin } from './use-join.ts'
import { useLocalPreview } from './use-local-preview.ts'

const NAME_MAX_LENGTH = 64

interface PreJoinScreenProps {
  code: MeetingCode
  title: string
  onJoined: (room: Room, late: LateDevices) => void
  /** Joining failed in a way that a change in this form does not mend. */
  onRefused: (reason: JoinErrorReason) => void
}

/** The moment before the meeting: see oneself, check the sound, give a name, join. */
export function PreJoinScreen({ code, title, onJoined, onRefused }: PreJoinScreenProps) {
  const preview = useLocalPreview()
  const state = useStore(preview.state)
  const [name, setName] = useState(readPreference('name') ?? '')
  const nameField = useRef<HTMLInputElement>(null)
  const [nameError, setNameError] = useState<string | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const { join, joining } = useJoin({
    code,
    preview,
    onJoined,
    onFailed(reason) {
      const words = joinFailureText[reason]
      if (words === undefined) onRefused(reason)
      else if (reason === 'bad_name') setNameError(words)
      else setFailure(words)
    },
  })

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const trimmed = name.trim()
    setFailure(null)
    setNameError(trimmed === '' ? preJoinText.nameMissing : null)
    if (trimmed === '') nameField.current?.focus()
    else void join(trimmed)
  }

  return (
    <PageFrame>
      <div className="grid flex-1 grid-cols-1 content-center items-start gap-6 lg:grid-cols-[minmax(0,1fr)_22rem] lg:gap-10">
        <div className="max-lg:mx-auto max-lg:w-full max-lg:max-w-xl">
          <Preview name={name} preview={preview} state={state} disabled={joining} />
          <CaptureProblems preview={preview} state={state} />
        </div>
        <div className="flex flex-col gap-6 max-lg:mx-auto max-lg:w-full max-lg:max-w-xl">
          <form onSubmit={submit} noValidate>
            <h1
              className="mb-5 text-2xl leading-tight font-semibold tracking-tight text-balance break-words sm:text-3xl"
              dir="auto"
            >
              {title}
            </h1>
            <TextField
              label={preJoinText.nameLabel}
              placeholder={preJoinText.namePlaceholder}
              value={name}
              maxLength={NAME_MAX_LENGTH}
              onChange={(event) => {
                setName(event.target.value)
                setNameError(null)
              }}
              error={nameError}
              ref={nameField}
              dir="auto"
              autoComplete="name"
              enterKeyHint="go"
              autoFocus={matchMedia('(pointer: fine)').matches}
            />
            <Button type="submit" className="mt-4 min-h-12 w-full" disabled={joining}>
              {joining ? <Spinner /> : null}
              {joining ? preJoinText.joining : preJoinText.joinNow}
            </Button>
            <p role="alert" className="mt-2 text-sm text-danger-text empty:hidden">
              {failure}
            </p>
          </form>
          {/* While joining, what runs is being handed over. */}
          <section className="border-t border-line pt-5" aria-label={preJoinText.devices} inert={joining}>
            <Devices preview={preview} state={state} />
          </section>
        </div>
      </div>
    </PageFrame>
  )
}

function Devices({ preview, state }: { preview: LocalPreview; state: PreviewState }) {
  const [speakerId, setSpeakerId] = useState(readPreference('speakerId') ?? 'default')
  const chosen = {
    microphoneId: deviceIdOf(state.microphone) ?? readPreference('microphoneId') ?? '',
    cameraId: deviceIdOf(state.camera) ?? readPreference('cameraId') ?? '',
    speakerId,
  }
  return (
    <DevicePickers
      chosen={chosen}
      permissionEpoch={`${state.camera.status} ${state.microphone.status}`}
      onMicrophone={(id) => {
        writePreference('microphoneId', id)
        void preview.chooseMicrophone(id)
      }}
      onCamera={(id) => {
        writePreference('cameraId', id)
        void preview.chooseCamera(id)
      }}
      onSpeaker={(id) => {
        writePreference('speakerId', id)
        setSpeakerId(id)
      }}
    />
  )
}

function deviceIdOf(device: DeviceState): string | undefined {
  return device.status === 'live' ? device.track.getSettings().deviceId : undefined
}
