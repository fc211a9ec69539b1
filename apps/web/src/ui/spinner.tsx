import { LoaderCircle } from 'lucide-react'

/** Something is under way; the words beside it say what. */
export function Spinner() {
  return <LoaderCircle aria-hidden className="size-5 shrink-0 animate-spin motion-reduce:animate-none" />
}
