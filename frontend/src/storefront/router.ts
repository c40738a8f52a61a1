/** Hash addresses: the demo shop is one file and needs nothing from the gateway's routing. */

import { createRouter, createWebHashHistory } from 'vue-router'
import HomePage from './pages/HomePage.vue'
import OrdersPage from './pages/OrdersPage.vue'
import ProductPage from './pages/ProductPage.vue'

export const router = createRouter({
  history: createWebHashHistory(),
  routes: [
    { path: '/', name: 'home', component: HomePage },
    { path: '/product/:id', name: 'product', component: ProductPage, props: true },
    { path: '/orders', name: 'orders', component: OrdersPage },
    { path: '/:rest(.*)', redirect: '/' },
  ],
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash, top: 120 } : { top: 0 }),
})
