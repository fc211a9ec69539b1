import { User } from 'lucide-react'
import { classNames } from '../lib/class-names.ts'
import { hueOf, initials } from '../lib/initials.ts'

/** Muted colours on which white letters read well (contrast ≥ 4.5:1). */
const COLOURS = [
  'bg-avatar-0',
  'bg-avatar-1',
  'bg-avatar-2',
  'bg-avatar-3',
  'bg-avatar-4',
  'bg-avatar-5',
  'bg-avatar-6',
  'bg-avatar-7',
] as const

/** Stands for a person without a picture. */
export function Avatar({ name, className }: { name: string; className?: string }) {
  const letters = initials(name)
  return (
    <span
      aria-hidden
      className={classNames(
        'inline-flex shrink-0 items-center justify-center rounded-full font-semibold text-white select-none',
        COLOURS[hueOf(name)],
        className,
      )}
    >
      {letters === '' ? <User className="size-1/2" /> : letters}
    </span>
  )
}
