/** Renders a component as the desk does: with its routes, and with the lists people pick from filled. */
import { render } from '@testing-library/vue'
import { onTestFinished, vi } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { getActivePinia } from 'pinia'
import { useMasters } from '@/stores/masters'

const Page = { template: '<div />' }
/** jsdom cannot draw. What stands for a chart keeps what it was to draw, and a press on it is one on the first bar. */
const ECharts = {
  props: ['options', 'events'],
  template: `<button type="button" data-testid="chart" @click="events?.click({ seriesIndex: 0, dataIndex: 0 })">{{ JSON.stringify(options) }}</button>`,
}
const stubs = { ECharts }

export function fillMasters(): void {
  const masters = useMasters()
  masters.statuses = [
    {
      name: 'Open',
      label_agent: 'Open',
      label_customer: null,
      category: 'Open',
      color: 'Red',
      enabled: 1,
    },
    {
      name: 'Replied',
      label_agent: 'Replied',
      label_customer: 'Awaiting Response',
      category: 'Paused',
      color: 'Blue',
      enabled: 1,
    },
    {
      name: 'Resolved',
      label_agent: 'Resolved',
      label_customer: null,
      category: 'Resolved',
      color: 'Green',
      enabled: 1,
    },
  ]
  masters.priorities = [{ name: 'High' }, { name: 'Low' }]
  masters.agents = [
    { name: 'anna@x', agent_name: 'Anna', user_image: null },
    { name: 'arne@x', agent_name: 'Arne', user_image: null },
  ]
}

/** A phone: every question about the screen is answered with yes, until the test is over. */
export function narrowScreen(): void {
  const answer = (media: string) => Object.assign(new EventTarget(), { media, matches: true })
  vi.stubGlobal('matchMedia', answer)
  onTestFinished(() => void vi.unstubAllGlobals())
}

function makeRouter() {
  return createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', component: Page },
      { path: '/tickets', name: 'Tickets', component: Page },
      { path: '/tickets/new', name: 'NewTicket', component: Page },
      { path: '/tickets/:id', name: 'Ticket', component: Page },
      { path: '/my-tickets/new', name: 'MyNewTicket', component: Page, meta: { isPortal: true } },
      { path: '/my-tickets/:id', name: 'MyTicket', component: Page, meta: { isPortal: true } },
      { path: '/:rest(.*)*', component: Page },
    ],
  })
}

/** Render a page that asks the address it is at. */
export async function renderAt(path: string, component: object, props: object = {}) {
  const router = makeRouter()
  await router.push(path)
  return renderInDesk(component, props, router)
}

export function renderInDesk(component: object, props: object = {}, router = makeRouter()) {
  fillMasters()
  const pinia = getActivePinia()
  if (!pinia) throw new Error('Specs run with an active pinia; see test/setup.ts.')
  return { ...render(component, { props, global: { plugins: [router, pinia], stubs } }), router }
}
