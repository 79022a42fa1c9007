import './index.css'
import { createApp } from 'vue'
import { createPinia } from 'pinia'
import { pageMetaPlugin } from 'frappe-ui'
import App from './App.vue'
import { configureRequests } from './api/request'
import { getTranslations } from './api/session'
import { router } from './router'
import { useSession } from './stores/session'
import { showServerMessages } from './lib/notify'
import { setCatalogue } from './lib/translate'

async function start(): Promise<void> {
  document.documentElement.lang = window.lang ?? 'en'
  document.documentElement.dir = window.dir ?? 'ltr'
  if (window.lang && window.lang !== 'en') setCatalogue(await getTranslations())

  const app = createApp(App).use(createPinia()).use(router).use(pageMetaPlugin)
  const session = useSession()
  configureRequests({ serverMessages: showServerMessages, signedOut: session.markEnded })
  app.mount('#app')
}

void start()
