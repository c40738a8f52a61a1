import { setUpKit } from '@/common/kit'
import '@/common/work.css'
import { createApp } from 'vue'
import Desk from './Desk.vue'

const app = createApp(Desk)
setUpKit(app)
app.mount('#app')
