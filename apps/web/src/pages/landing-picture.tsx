import pictureUrl from './landing-picture.svg'

/** A drawing of a meeting. Says nothing that the words beside it do not. */
export function LandingPicture() {
  return (
    <img
      src={pictureUrl}
      alt=""
      width={720}
      height={560}
      className="w-full max-w-2xl justify-self-center rounded-[2rem] shadow-high max-lg:hidden"
    />
  )
}
