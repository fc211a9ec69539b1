import pictureUrl from './landing-picture.svg'

/** A drawing of a meeting. Says nothing that the words beside it do not. */
export function LandingPicture() {
  return (
    <img
      src={pictureUrl}
      alt=""
      width={720}
      height={560}
      className="h-auto w-full max-w-2xl justify-self-center rounded-3xl shadow-high outline-1 outline-line max-md:hidden lg:rounded-[2rem]"
    />
  )
}
