import { useState } from 'react'
import { classNames } from '../lib/class-names.ts'
import { Avatar } from './avatar.tsx'

interface UserPictureProps {
  name: string
  /** Path of the picture; null: there is none. */
  avatar: string | null
  className?: string
}

/** The picture of a person, or their initials. Says nothing aloud: the name stands beside it. */
export function UserPicture({ name, avatar, className }: UserPictureProps) {
  const [failed, setFailed] = useState<string | null>(null)
  if (avatar === null || failed === avatar)
    return <Avatar name={name} {...(className !== undefined && { className })} />
  return (
    <img
      src={avatar}
      alt=""
      onError={() => setFailed(avatar)}
      className={classNames(
        'shrink-0 rounded-full bg-sunken object-cover outline-1 -outline-offset-1 outline-line',
        className,
      )}
    />
  )
}
