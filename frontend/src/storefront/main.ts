import '@/common/base.css'
import './storefront.css'
import { createApp } from 'vue'
import App from './App.vue'
import { router } from './router'
import { load } from './shop'

createApp(App).use(router).mount('#app')
void load()
