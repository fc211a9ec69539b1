import type { JoinErrorReason, Room } from '@video-meet/client'
import type { MeetingCode } from '@video-meet/protocol'
import { type SubmitEvent, useEffect, useRef, useState } from 'react'
import { readPreference, writePreference } from '../../lib/preferences.ts'
import { useStore } from '../../lib/use-store.ts'
import { Button } from '../../ui/button.tsx'
import { PageFrame } from '../../ui/page-frame.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { accountName } from '../credentials.ts'
import { DevicePickers } from '../device-pickers.tsx'
import { joinFailureText, preJoinText } from '../text.ts'
import { CaptureProblems } from './capture-problems.tsx'
import type { DeviceState, LocalPreview, PreviewState } from './local-preview.ts'
import { Preview } from './preview.tsx'
import { type LateDevices, useJoin } from './use-join.ts'
import { useLocalPreview } from './use-local-preview.ts'

const NAME_MAX_LENGTH = 64
/** How often a person who came before the host knocks. */
const RETRY_MS = 6000

interface PreJoinScreenProps {
  code: MeetingCode
  title: string
  hasPassword: boolean
  onJoined: (room: Room, late: LateDevices) => void
  /** Joining failed in a way that a change in this form does not mend. */
  onRefused: (reason: JoinErrorReason) => void
}

/** The moment before the meeting: see oneself, check the sound, give a name, join. */
export function PreJoinScreen({ code, title, hasPassword, onJoined, onRefused }: PreJoinScreenProps) {
  const preview = useLocalPreview()
  const state = useStore(preview.state)
  const [name, setName] = useState(readPreference('name') ?? '')
  const nameField = useRef<HTMLInputElement>(null)
  const [password, setPassword] = useState('')
  const [needsPassword, setNeedsPassword] = useState(hasPassword)
  const [passwordError, setPasswordError] = useState<string | null>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  useAccountName(setName)
  const [nameError, setNameError] = useState<string | null>(null)
  const [waiting, setWaiting] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const { join, joining } = useJoin({
    code,
    preview,
    onJoined,
    onFailed(reason) {
      setWaiting(false)
      const words = joinFailureText[reason]
      if (reason === 'password_required' || reason === 'wrong_password') {
        setNeedsPassword(true)
        setPasswordError(words ?? null)
        passwordField.current?.focus()
      } else if (reason === 'not_open_yet') setWaiting(true)
      else if (words === undefined) onRefused(reason)
      else if (reason === 'bad_name') setNameError(words)
      else setFailure(words)
    },
  })

  // Until the host has come, in whatever way the person changes the form meanwhile.
  useEffect(() => {
    if (!waiting || joining) return
    const timer = setTimeout(() => void join(name.trim(), password), RETRY_MS)
    return () => clearTimeout(timer)
  })

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const trimmed = name.trim()
    setFailure(null)
    setWaiting(false)
    setNameError(trimmed === '' ? preJoinText.nameMissing : null)
    if (trimmed === '') nameField.current?.focus()
    else void join(trimmed, password)
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
            {needsPassword ? (
              <div className="mt-4">
                <TextField
                  label={preJoinText.passwordLabel}
                  type="password"
                  value={password}
                  maxLength={128}
                  onChange={(event) => {
                    setPassword(event.target.value)
                    setPasswordError(null)
                  }}
                  error={passwordError}
                  ref={passwordField}
                  autoComplete="off"
                />
              </div>
            ) : null}
            <Button type="submit" className="mt-4 min-h-12 w-full" disabled={joining}>
              {joining || waiting ? <Spinner /> : null}
              {joinButtonText(joining, waiting)}
            </Button>
            <p role="alert" className="mt-2 text-sm text-danger-text empty:hidden">
              {waiting ? joinFailureText.not_open_yet : failure}
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

function joinButtonText(joining: boolean, waiting: boolean): string {
  if (waiting) return preJoinText.waiting
  return joining ? preJoinText.joining : preJoinText.joinNow
}

/** Fills in the name of who is signed in, unless there is one already. */
function useAccountName(setName: (change: (before: string) => string) => void): void {
  useEffect(() => {
    void accountName().then((name) => {
      if (name !== null) setName((before) => (before === '' ? name : before))
    })
  }, [setName])
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
