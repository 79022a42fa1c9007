import { createRouter, createWebHistory, type RouteLocationNormalized } from 'vue-router'
import { signedInUser } from '@/lib/cookies'
import { painted } from '@/lib/painted'
import { numberNamedIn } from '@/lib/reference'
import { goToSignIn, useSession } from '@/stores/session'

export const router = createRouter({
  history: createWebHistory(__FRONTEND_ROUTE__),
  routes: [
    { path: '/', redirect: '/home' },
    { path: '/home', name: 'Home', component: () => import('@/pages/HomePage.vue') },
    { path: '/dashboard', name: 'Dashboard', component: () => import('@/pages/DashboardPage.vue') },
    {
      path: '/reports/:name?',
      name: 'Reports',
      component: () => import('@/pages/ReportsPage.vue'),
      props: true,
    },
    { path: '/search', name: 'Search', component: () => import('@/pages/SearchPage.vue') },
    { path: '/customers', name: 'Customers', component: () => import('@/pages/CustomerList.vue') },
    {
      path: '/customers/:name',
      name: 'Customer',
      component: () => import('@/pages/CustomerPage.vue'),
      props: true,
    },
    { path: '/contacts', name: 'Contacts', component: () => import('@/pages/ContactList.vue') },
    {
      path: '/contacts/:name',
      name: 'Contact',
      component: () => import('@/pages/ContactPage.vue'),
      props: true,
    },
    { path: '/call-logs', name: 'CallLogs', component: () => import('@/pages/CallLogs.vue') },
    { path: '/kb', name: 'KbManage', component: () => import('@/pages/KbManage.vue') },
    {
      path: '/kb/articles/:article',
      name: 'Article',
      component: () => import('@/pages/ArticlePage.vue'),
      props: true,
    },
    {
      path: '/articles/new/:category',
      name: 'NewArticle',
      component: () => import('@/pages/ArticlePage.vue'),
      props: true,
    },
    { path: '/agents', redirect: '/tickets' },
    { path: '/teams/:rest(.*)*', redirect: '/tickets' },
    { path: '/tickets', name: 'Tickets', component: () => import('@/pages/TicketList.vue') },
    {
      path: '/tickets/new/:template?',
      name: 'NewTicket',
      component: () => import('@/pages/NewTicket.vue'),
    },
    {
      path: '/tickets/:id',
      name: 'Ticket',
      component: () => import('@/pages/TicketPage.vue'),
      props: (route) => ({ id: String(route.params.id) }),
    },
    {
      path: '/my-tickets',
      name: 'MyTickets',
      component: () => import('@/pages/MyTickets.vue'),
      meta: { isPortal: true },
    },
    {
      path: '/my-tickets/new/:template?',
      name: 'MyNewTicket',
      component: () => import('@/pages/NewTicket.vue'),
      meta: { isPortal: true },
    },
    {
      path: '/my-tickets/:id',
      name: 'MyTicket',
      component: () => import('@/pages/MyTicket.vue'),
      meta: { isPortal: true },
      props: (route) => ({ id: String(route.params.id) }),
    },
    {
      path: '/my-profile',
      name: 'MyProfile',
      component: () => import('@/pages/MyProfile.vue'),
      meta: { isPortal: true },
    },
    {
      path: '/kb-public',
      name: 'KbHome',
      component: () => import('@/pages/KbHome.vue'),
      meta: { isPortal: true },
    },
    {
      path: '/kb-public/articles/:article',
      name: 'KbArticle',
      component: () => import('@/pages/KbArticle.vue'),
      meta: { isPortal: true },
      props: true,
    },
    {
      path: '/kb-public/:category',
      name: 'KbCategory',
      component: () => import('@/pages/KbCategory.vue'),
      meta: { isPortal: true },
      props: true,
    },
    {
      path: '/notifications',
      name: 'Notifications',
      component: () => import('@/pages/NotificationsPage.vue'),
    },
    { path: '/:rest(.*)*', name: 'NotFound', component: () => import('@/pages/NotFound.vue') },
  ],
})

/** Where somebody without an account reads the same page of the knowledge base; '' when it is not public. */
function publicPathOf(to: RouteLocationNormalized): string {
  if (!window.is_kb_public) return ''
  if (to.name === 'KbHome') return '/kb'
  if (to.name === 'KbCategory') return `/kb/categories/${encodeURIComponent(String(to.params.category))}` // prettier-ignore
  if (to.name === 'KbArticle') return `/kb/articles/${encodeURIComponent(String(to.params.article))}` // prettier-ignore
  return ''
}

/** Where a ticket named like TKT-0042 is found; undefined for everything else. */
function canonical({ name, params, query, hash }: RouteLocationNormalized) {
  if (name !== 'Ticket' && name !== 'MyTicket') return undefined
  const number = numberNamedIn(String(params.id))
  return number && number !== params.id ? { name, params: { id: number }, query, hash } : undefined
}

// Nobody signed in goes to the sign-in page, or reads the public articles; people without a desk meet the same ticket in the portal.
router.beforeEach(async (to) => {
  if (!signedInUser()) {
    const path = publicPathOf(to)
    if (path) window.location.replace(path + to.hash)
    else goToSignIn(to.fullPath)
    return false
  }
  const session = useSession()
  await session.load()
  if (!to.meta.isPortal && !session.isAgent) {
    if (to.name === 'Ticket') return `/my-tickets/${String(to.params.id)}`
    if (to.name === 'Article') return `/kb-public/articles/${String(to.params.article)}`
    return session.config?.prefer_knowledge_base ? '/kb-public' : '/my-tickets'
  }
  return canonical(to)
})

// What was pressed lights up first, then the next page is built: a press that shows nothing feels slow.
router.beforeResolve((_to, from) => (from.matched.length ? painted() : undefined))
