import { createRouter, createWebHistory } from 'vue-router'
import { goToSignIn, signedInUser, useSession } from '@/stores/session'

export const router = createRouter({
  history: createWebHistory(__FRONTEND_ROUTE__),
  routes: [
    { path: '/', redirect: '/tickets' },
    { path: '/home', redirect: '/tickets' },
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

// Nobody signed in goes to the sign-in page; people without a desk meet the same ticket in the portal.
router.beforeEach(async (to) => {
  if (!signedInUser()) {
    goToSignIn(to.fullPath)
    return false
  }
  const session = useSession()
  await session.load()
  if (!to.meta.isPortal && !session.isAgent) {
    if (to.name === 'Ticket') return `/my-tickets/${String(to.params.id)}`
    if (to.name === 'Article') return `/kb-public/articles/${String(to.params.article)}`
    return session.config?.prefer_knowledge_base ? '/kb-public' : '/my-tickets'
  }
})
