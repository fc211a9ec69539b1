import { Globe, KeyRound, Server, Video } from 'lucide-react'
import { useEffect } from 'react'
import { paths } from '../lib/paths.ts'
import { wasSignedIn } from '../lib/session-hint.ts'
import { text } from '../lib/text.ts'
import { useNewMeeting } from '../lib/use-new-meeting.ts'
import { usePageTitle } from '../lib/use-page-title.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { PageFrame } from '../ui/page-frame.tsx'
import { Spinner } from '../ui/spinner.tsx'
import { JoinForm } from './join-form.tsx'
import { LandingPicture } from './landing-picture.tsx'
import { landingText } from './text.ts'

const FACT_ICONS = [Globe, Server, KeyRound] as const

/** The start page: start a meeting, or join one. */
export function LandingPage({ onMeetingLikely }: { onMeetingLikely: () => void }) {
  usePageTitle()
  useEffect(() => {
    const timer = setTimeout(onMeetingLikely, 1500)
    return () => clearTimeout(timer)
  }, [onMeetingLikely])

  return (
    <PageFrame aside={<AccountLink />}>
      <div className="grid flex-1 items-center gap-10 py-6 md:grid-cols-2 lg:grid-cols-[minmax(0,1fr)_minmax(0,1.05fr)] lg:gap-16">
        <section className="max-w-xl">
          <h1 className="text-4xl leading-[1.08] font-semibold tracking-tight text-balance lg:text-5xl">
            {landingText.heading}
          </h1>
          <p className="mt-5 max-w-[34rem] text-lg leading-relaxed text-pretty text-soft">
            {landingText.lead}
          </p>
          <div className="mt-8 max-w-md rounded-card border border-line bg-surface p-5 shadow-low sm:p-6">
            <NewMeeting onMeetingLikely={onMeetingLikely} />
            <p aria-hidden className="my-5 flex items-center gap-3 text-sm text-soft">
              <span className="h-px flex-1 bg-line" />
              {landingText.or}
              <span className="h-px flex-1 bg-line" />
            </p>
            <JoinForm />
          </div>
          <ButtonLink look="quiet" to={paths.test} className="mt-3 -ml-5">
            {landingText.test}
          </ButtonLink>
        </section>
        <LandingPicture />
      </div>
      <Facts />
    </PageFrame>
  )
}

/** The server is not asked who is signed in: for a link, what this browser remembers will do. */
function AccountLink() {
  return wasSignedIn() ? (
    <ButtonLink to={paths.dashboard}>{landingText.dashboard}</ButtonLink>
  ) : (
    <ButtonLink to={paths.login}>{landingText.signIn}</ButtonLink>
  )
}

function NewMeeting({ onMeetingLikely }: { onMeetingLikely: () => void }) {
  const { start, starting, error } = useNewMeeting()
  return (
    <>
      <Button
        className="min-h-12 w-full"
        disabled={starting}
        onClick={() => {
          onMeetingLikely()
          start()
        }}
      >
        {starting ? <Spinner /> : <Video aria-hidden className="size-5" />}
        {starting ? landingText.starting : text.newMeeting}
      </Button>
      <p role="alert" className="mt-2 text-sm text-danger-text empty:hidden">
        {error}
      </p>
    </>
  )
}

function Facts() {
  return (
    <ul className="mt-10 grid gap-6 border-t border-line pt-8 sm:grid-cols-3 sm:gap-8">
      {landingText.facts.map((fact, index) => {
        const Icon = FACT_ICONS[index] ?? Globe
        return (
          <li key={fact.title} className="flex gap-3.5">
            <Icon aria-hidden className="mt-0.5 size-5 shrink-0 text-accent-text" />
            <div>
              <h2 className="text-[0.9375rem] font-semibold">{fact.title}</h2>
              <p className="mt-1 text-sm leading-relaxed text-soft">{fact.body}</p>
            </div>
          </li>
        )
      })}
    </ul>
  )
}
