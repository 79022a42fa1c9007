/**
 * The one door to the server: calls a method, gives back its answer, or throws a `ServerError` with what it said.
 *
 * Everything else in `api/` is verbs with types on top of this.
 */

import { signedInUser } from '@/lib/cookies'
import { learnServerTime } from '@/lib/serverClock'
import { __ } from '@/lib/translate'

export interface ServerMessage {
  message: string
  title?: string
  indicator?: string
}

/** A refusal or failure, in the server's words. */
export class ServerError extends Error {
  constructor(
    readonly messages: string[],
    readonly status: number,
    readonly type: string,
    private readonly hasEnded = false,
  ) {
    super(messages[0] ?? __('The server did not answer as expected.'))
    this.name = 'ServerError'
  }

  get isPermission(): boolean {
    return this.status === 403
  }

  get isMissing(): boolean {
    return this.status === 404
  }

  /** The session has ended, or was never there. */
  get isSignedOut(): boolean {
    return this.status === 401 || this.hasEnded
  }

  get isStale(): boolean {
    return this.type === 'TimestampMismatchError'
  }
}

/** The server could not be reached at all. */
export class NetworkError extends Error {
  constructor() {
    super(__('The server cannot be reached. Check your connection; nothing was lost.'))
    this.name = 'NetworkError'
  }
}

interface Envelope {
  message?: unknown
  data?: unknown
  docs?: unknown[]
  exc_type?: string
  exception?: string
  _server_messages?: string
  _error_message?: string
  session_expired?: 0 | 1
}

type MessageListener = (messages: ServerMessage[]) => void
let onServerMessages: MessageListener = () => {}
let onSignedOut: () => void = () => {}

/** Register what happens with messages that come with successful answers, and when the session has ended. */
export function configureRequests(handlers: {
  serverMessages?: MessageListener
  signedOut?: () => void
}): void {
  onServerMessages = handlers.serverMessages ?? onServerMessages
  onSignedOut = handlers.signedOut ?? onSignedOut
}

export function parseServerMessages(text: string | undefined): ServerMessage[] {
  if (!text) return []
  const entries = JSON.parse(text) as string[]
  return entries.map((entry) => {
    try {
      return JSON.parse(entry) as ServerMessage
    } catch {
      return { message: entry }
    }
  })
}

export interface CallOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  signal?: AbortSignal
}

/** Call a whitelisted method by its dotted path; the answer is its return value. */
export async function call<T>(
  path: string,
  args: Record<string, unknown> = {},
  options: CallOptions = {},
): Promise<T> {
  const envelope = await send(`/api/method/${path}`, args, options)
  return envelope.message as T
}

/** Call a method that answers with documents beside its return value, as those of forms do. */
export async function callForDocs<T>(path: string, args: Record<string, unknown>): Promise<T[]> {
  const envelope = await send(`/api/method/${path}`, args, { method: 'GET' })
  return (envelope.docs ?? []) as T[]
}

/** Call a whitelisted method of a document. */
export async function callDocument<T>(
  doctype: string,
  name: string | number,
  method: string,
  args: Record<string, unknown> = {},
): Promise<T> {
  return call<T>('run_doc_method', { dt: doctype, dn: String(name), method, args })
}

async function send(
  url: string,
  args: Record<string, unknown>,
  options: CallOptions,
): Promise<Envelope> {
  const method = options.method ?? 'POST'
  const request: RequestInit = { method, headers: headers(), signal: options.signal }
  if (method === 'GET') url += query(args)
  else request.body = JSON.stringify(args)
  const response = await reach(url, request)
  // What is read may come from a cache, with the time at which it was put there.
  if (method !== 'GET') learnServerTime(response.headers.get('Date'))
  return read(response)
}

async function reach(url: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request)
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new NetworkError()
  }
}

function headers(): Record<string, string> {
  const values: Record<string, string> = {
    Accept: 'application/json',
    'Content-Type': 'application/json; charset=utf-8',
    'X-Frappe-Site-Name': window.location.hostname,
  }
  if (window.csrf_token) values['X-Frappe-CSRF-Token'] = window.csrf_token
  return values
}

function query(args: Record<string, unknown>): string {
  const pairs = Object.entries(args)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([key, value]): [string, string] => [
      key,
      typeof value === 'string' ? value : JSON.stringify(value),
    ])
  return pairs.length ? `?${new URLSearchParams(pairs)}` : ''
}

async function read(response: Response): Promise<Envelope> {
  const envelope = parse(await response.text())
  if (!response.ok) throw failure(envelope, response.status)
  const messages = parseServerMessages(envelope._server_messages)
  if (messages.length) onServerMessages(messages)
  return envelope
}

/** What the server said; nothing when something on the way answered for it, such as a proxy with a page of its own. */
function parse(text: string): Envelope {
  try {
    return text ? (JSON.parse(text) as Envelope) : {}
  } catch {
    return {}
  }
}

/** A refusal because the session is over: the server says so, or it has taken the sign-in cookie away. */
function hasSessionEnded(envelope: Envelope, status: number): boolean {
  return status === 403 && (Boolean(envelope.session_expired) || !signedInUser())
}

function failure(envelope: Envelope, status: number): ServerError {
  const said = parseServerMessages(envelope._server_messages).map((entry) => entry.message)
  if (!said.length && typeof envelope.message === 'string') said.push(envelope.message)
  if (!said.length && envelope._error_message) said.push(envelope._error_message)
  const hasEnded = hasSessionEnded(envelope, status)
  const error = new ServerError(said, status, envelope.exc_type ?? '', hasEnded)
  if (error.isSignedOut) onSignedOut()
  return error
}

/** Upload one file; `onProgress` gets a fraction between 0 and 1. `signal` breaks it off: an AbortError. */
export function upload<T>(
  file: File,
  fields: Record<string, string>,
  onProgress: (fraction: number) => void = () => {},
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/api/method/upload_file')
    request.setRequestHeader('Accept', 'application/json')
    if (window.csrf_token) request.setRequestHeader('X-Frappe-CSRF-Token', window.csrf_token)
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onerror = () => reject(new NetworkError())
    request.onabort = () => reject(new DOMException('The upload was broken off.', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort())
    request.onload = () => {
      const envelope = parse(request.responseText)
      if (request.status >= 200 && request.status < 300) resolve(envelope.message as T)
      else reject(failure(envelope, request.status))
    }
    const form = new FormData()
    form.append('file', file, file.name)
    for (const [key, value] of Object.entries(fields)) form.append(key, value)
    request.send(form)
  })
}
