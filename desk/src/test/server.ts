/** A fake server at the network: specs say what a method answers, and read what was asked. */
import { http, HttpResponse, type JsonBodyType } from 'msw'
import { setupServer } from 'msw/node'

type Given = JsonBodyType | Response
type Answer = JsonBodyType | ((args: Record<string, unknown>) => Given | Promise<Given>)

export const server = setupServer()
export const asked: { method: string; args: Record<string, unknown> }[] = []

/** Let `/api/method/<path>` answer with `answer` as its message. */
export function answers(path: string, answer: Answer): void {
  const resolve = async ({ request }: { request: Request }) => {
    const args = await argumentsOf(request)
    asked.push({ method: path, args })
    const value = typeof answer === 'function' ? await answer(args) : answer
    return value instanceof Response ? value : HttpResponse.json({ message: value })
  }
  const url = `*/api/method/${path}`
  server.use(...[http.get, http.post, http.put, http.patch].map((verb) => verb(url, resolve)))
}

/** A refusal in the server's words. */
export function refuses(path: string, text: string, status = 417): void {
  const said = JSON.stringify([JSON.stringify({ message: text })])
  const body = { exc_type: 'ValidationError', _server_messages: said }
  answers(path, () => HttpResponse.json(body, { status }))
}

async function argumentsOf(request: Request): Promise<Record<string, unknown>> {
  if (request.method === 'GET') return Object.fromEntries(new URL(request.url).searchParams)
  const text = await request.text()
  return text ? (JSON.parse(text) as Record<string, unknown>) : {}
}
