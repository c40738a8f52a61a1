/** The shop's addresses; the gateway serves index.html for each of them (bot/web/pages.py). */

import { createRouter, createWebHistory } from 'vue-router'
import HomePage from './pages/HomePage.vue'
import OrdersPage from './pages/OrdersPage.vue'
import ProductPage from './pages/ProductPage.vue'

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', name: 'home', component: HomePage },
    { path: '/product/:id', name: 'product', component: ProductPage, props: true },
    { path: '/orders', name: 'orders', component: OrdersPage },
    { path: '/:rest(.*)', redirect: '/' },
  ],
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash, top: 120 } : { top: 0 }),
})
