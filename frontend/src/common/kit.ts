/**
 * Element Plus for the desk and the workbench. Components named in templates are imported by the build;
 * what is called from code comes from here, with its style.
 */
import { provideGlobalConfig } from 'element-plus'
import 'element-plus/es/components/message-box/style/css'
import 'element-plus/es/components/message/style/css'
import zhCn from 'element-plus/es/locale/lang/zh-cn'
import type { App } from 'vue'
import './base.css'
import './kit.css'

export { ElMessage, ElMessageBox } from 'element-plus'

/** Chinese texts and the shop's colours for every kit component of this page. */
export function setUpKit(app: App): void {
  provideGlobalConfig({ locale: zhCn }, app, true)
}
