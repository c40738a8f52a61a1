import { setUpKit } from '@/common/kit'
import '@/common/work.css'
import { createApp } from 'vue'
import Workbench from './Workbench.vue'

const app = createApp(Workbench)
setUpKit(app)
app.mount('#app')
