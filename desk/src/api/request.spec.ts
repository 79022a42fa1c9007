import { describe, expect, it, vi } from 'vitest'
import { http, HttpResponse } from 'msw'
import { server } from '@/test/server'
import { call, configureRequests, NetworkError, ServerError, upload } from './request'

const url = 'http://localhost:3000/api/method/some.method'

describe('a call', () => {
  it('posts its arguments with the token and gives back the message', async () => {
    window.csrf_token = 'secret'
    let seen: unknown
    server.use(
      http.post(url, async ({ request }) => {
        seen = [request.headers.get('x-frappe-csrf-token'), await request.json()]
        return HttpResponse.json({ message: { ok: 1 } })
      }),
    )
    await expect(call('some.method', { a: 1 })).resolves.toEqual({ ok: 1 })
    expect(seen).toEqual(['secret', { a: 1 }])
  })

  it('says what the server said when refused', async () => {
    const said = JSON.stringify([JSON.stringify({ message: 'Not your ticket' })])
    server.use(
      http.post(url, () =>
        HttpResponse.json({ exc_type: 'PermissionError', _server_messages: said }, { status: 403 }),
      ),
    )
    const error = await call('some.method').catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ServerError)
    expect(error).toMatchObject({ message: 'Not your ticket', isPermission: true })
  })

  it('tells when the session has ended', async () => {
    const signedOut = vi.fn()
    configureRequests({ signedOut })
    server.use(http.post(url, () => HttpResponse.json({}, { status: 401 })))
    await expect(call('some.method')).rejects.toMatchObject({ isSignedOut: true })
    expect(signedOut).toHaveBeenCalledOnce()
  })

  it('knows a sign-out in another tab from a refusal', async () => {
    const signedOut = vi.fn()
    configureRequests({ signedOut })
    server.use(http.post(url, () => HttpResponse.json({}, { status: 403 })))
    document.cookie = 'user_id=anna'
    await expect(call('some.method')).rejects.toMatchObject({ isPermission: true })
    expect(signedOut).not.toHaveBeenCalled()
    document.cookie = 'user_id=; max-age=0'
    await expect(call('some.method')).rejects.toMatchObject({ isSignedOut: true })
    expect(signedOut).toHaveBeenCalledOnce()
  })

  it('hands on messages that come with success', async () => {
    const serverMessages = vi.fn()
    configureRequests({ serverMessages })
    const said = JSON.stringify([JSON.stringify({ message: 'Saved', indicator: 'green' })])
    server.use(http.post(url, () => HttpResponse.json({ message: 1, _server_messages: said })))
    await call('some.method')
    expect(serverMessages).toHaveBeenCalledWith([{ message: 'Saved', indicator: 'green' }])
  })

  it('is a network error when nobody answers', async () => {
    server.use(http.post(url, () => HttpResponse.error()))
    await expect(call('some.method')).rejects.toBeInstanceOf(NetworkError)
  })
})

it('ends an upload that a proxy refuses with a page of its own', async () => {
  class Refused {
    upload = {}
    status = 413
    responseText = '<h1>413 Request Entity Too Large</h1>'
    onload = () => {}
    open() {}
    setRequestHeader() {}
    send() {
      queueMicrotask(() => this.onload())
    }
  }
  vi.stubGlobal('XMLHttpRequest', Refused)
  await expect(upload(new File(['x'], 'x.txt'), {})).rejects.toMatchObject({ status: 413 })
  vi.unstubAllGlobals()
})
