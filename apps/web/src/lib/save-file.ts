/** Hands a file to the person, as browsers do with downloads. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken the content over by then; revoking at once would be too early for some.
  setTimeout(() => URL.revokeObjectURL(url), 10_000)
}
