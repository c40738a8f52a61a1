import '@/common/base.css'
