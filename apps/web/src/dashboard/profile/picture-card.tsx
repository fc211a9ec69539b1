import { setAvatar } from '@video-meet/protocol'
import { type ChangeEvent, useEffect, useRef, useState } from 'react'
import { failureText, toFailure } from '../../lib/failure-text.ts'
import { text } from '../../lib/text.ts'
import { profileApi } from '../../store/api/profile-api.ts'
import { useToast } from '../../store/use-toast.ts'
import { useUser } from '../../store/use-user.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { UserPicture } from '../../ui/user-picture.tsx'
import { profileText } from './text.ts'

const words = profileText.picture
const { types, maxBytes } = setAvatar.upload

interface Chosen {
  readonly file: File
  /** Address of the file inside this page. */
  readonly url: string
}

/** The own picture: chosen, looked at, then sent. */
export function PictureCard() {
  const user = useUser()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [error, setError] = useState<string | null>(null)
  const picture = usePictureActions({ onDone: () => setChosen(null), onError: setError })
  useEffect(() => () => (chosen === null ? undefined : URL.revokeObjectURL(chosen.url)), [chosen])

  function choose(file: File): void {
    const problem = problemOf(file)
    setError(problem)
    setChosen(problem === null ? { file, url: URL.createObjectURL(file) } : null)
  }

  return (
    <Card title={words.title} description={words.hint}>
      <div className="flex flex-wrap items-center gap-6">
        {chosen === null ? (
          <UserPicture name={user.name} avatar={user.avatar} className="size-24 text-3xl" />
        ) : (
          <img src={chosen.url} alt={words.preview} className="size-24 rounded-full bg-sunken object-cover" />
        )}
        <div className="flex flex-wrap gap-3">
          {chosen === null ? (
            <>
              <FileButton onChoose={choose} />
              {user.avatar === null ? null : (
                <Button look="quiet" aria-disabled={picture.busy} onClick={picture.remove}>
                  {words.remove}
                </Button>
              )}
            </>
          ) : (
            <>
              <Button aria-disabled={picture.busy} onClick={() => picture.send(chosen.file)}>
                {picture.busy ? <Spinner /> : null}
                {words.use}
              </Button>
              <Button look="secondary" onClick={() => setChosen(null)}>
                {text.cancel}
              </Button>
            </>
          )}
        </div>
      </div>
      <p role="alert" className="mt-4 text-sm text-danger-text empty:hidden">
        {error}
      </p>
    </Card>
  )
}

function usePictureActions(told: { onDone: () => void; onError: (sentence: string | null) => void }) {
  const toast = useToast()
  const [upload, uploading] = profileApi.useSetAvatarMutation()
  const [remove, removing] = profileApi.useDeleteAvatarMutation()
  const busy = uploading.isLoading || removing.isLoading

  async function act(action: () => Promise<unknown>, done: string): Promise<void> {
    if (busy) return
    told.onError(null)
    try {
      await action()
      told.onDone()
      toast(done)
    } catch (error) {
      const failure = toFailure(error)
      told.onError(failure.code === 'unsupported_media' ? words.wrongType : failureText(failure))
    }
  }

  return {
    busy,
    send: (file: File) => void act(() => upload({ upload: file }).unwrap(), words.saved),
    remove: () => void act(() => remove().unwrap(), words.removed),
  }
}

function problemOf(file: File): string | null {
  if (!(types as readonly string[]).includes(file.type)) return words.wrongType
  return file.size > maxBytes ? words.tooLarge : null
}

function FileButton({ onChoose }: { onChoose: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null)

  function change({ target }: ChangeEvent<HTMLInputElement>): void {
    const [file] = target.files ?? []
    // The same file can be chosen again after a mistake.
    target.value = ''
    if (file) onChoose(file)
  }

  return (
    <>
      <input
        ref={input}
        type="file"
        accept={types.join()}
        onChange={change}
        className="hidden"
        tabIndex={-1}
        aria-hidden
      />
      <Button look="secondary" onClick={() => input.current?.click()}>
        {words.choose}
      </Button>
    </>
  )
}
