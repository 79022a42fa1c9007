/** The cookie that says whether anybody is signed in; no request is needed to know that nobody is. */
export function signedInUser(): string | null {
  const match = /(?:^|; )user_id=([^;]*)/.exec(document.cookie)
  const user = match?.[1] ? decodeURIComponent(match[1]) : null
  return user && user !== 'Guest' ? user : null
}
