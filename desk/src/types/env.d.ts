/// <reference types="vite/client" />

declare module '*.vue' {
  import type { DefineComponent } from 'vue'
  const component: DefineComponent<object, object, unknown>
  export default component
}

declare module '~icons/lucide/*' {
  import type { FunctionalComponent, SVGAttributes } from 'vue'
  const component: FunctionalComponent<SVGAttributes>
  export default component
}

declare module 'frappe-ui/vite' {
  import type { PluginOption } from 'vite'
  export default function frappeui(options: Record<string, unknown>): PluginOption
}

/** What the server's page puts on `window` before the desk starts. */
interface BootValues {
  csrf_token?: string
  site_name?: string
  session_user?: string
  default_route?: string
  lang?: string
  dir?: 'ltr' | 'rtl'
  socketio_port?: number | string | null
  timezone?: { system: string; user: string }
  date_format?: string
  time_format?: string
  is_kb_public?: boolean
  /** The apps of the site. */
  apps?: string[]
}

// eslint-disable-next-line @typescript-eslint/no-empty-object-type -- merging is how `window` is extended
interface Window extends BootValues {}

declare const __FRONTEND_ROUTE__: string
