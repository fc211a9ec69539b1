/** A way from the Web Audio API to one loudspeaker. */
export interface SpeakerSink {
  /** What is connected to this is heard. */
  readonly input: AudioNode
  close(): void
}

/** Opens a loudspeaker; empty, or one that is not there any more, is the system's default. Never rejects. */
export async function openSpeaker(context: AudioContext, speakerId: string): Promise<SpeakerSink> {
  // Through an element, as more browsers let those choose where they play.
  const input = context.createMediaStreamDestination()
  const element: HTMLAudioElement & { setSinkId?: (deviceId: string) => Promise<void> } = new Audio()
  element.srcObject = input.stream
  if (speakerId !== '') await element.setSinkId?.(speakerId).catch(() => undefined)
  await element.play().catch(() => undefined)
  return {
    input,
    close() {
      element.pause()
      element.srcObject = null
    },
  }
}
