import { setUpKit } from '@/common/kit'
import '@/common/work.css'
import { createApp } from 'vue'
import Managers from './Managers.vue'

const app = createApp(Managers)
setUpKit(app)
app.mount('#app')
