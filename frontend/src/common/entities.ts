/** What the bot found in a message, in words. Kinds are the entities of domain.yml. */

export interface Entity {
  entity: string
  value: unknown
  start?: number
  end?: number
}

const ENTITIES: Record<string, string> = {
  height_cm: '身高',
  weight_kg: '体重',
  foot_length_mm: '脚长',
  age: '年龄',
  usual_size: '平时穿',
  price: '价格',
  discount: '折扣',
  quantity: '数量',
  product: '商品',
  color: '颜色',
  size: '尺码',
  order_id: '订单号',
  tracking_no: '运单号',
  phone: '电话',
  region: '地区',
  courier: '快递',
  date: '日期',
  fault: '问题',
  remedy: '方案',
  severity: '程度',
  issue: '情况',
  fit: '版型',
  reason: '原因',
  faq: '问题',
}
const UNITS: Record<string, string> = { height_cm: ' cm', weight_kg: ' kg', foot_length_mm: ' mm', age: ' 岁', price: ' 元' }

export function entityName(kind: string): string {
  return ENTITIES[kind] ?? kind
}

/** `said` is the message it was found in: a product is shown as the customer called it, not by its id. */
export function entityText(entity: Entity, said = ''): string {
  if (entity.entity === 'product' && said && entity.end) return `${entityName(entity.entity)} ${[...said].slice(entity.start ?? 0, entity.end).join('')}`
  const value = typeof entity.value === 'object' ? JSON.stringify(entity.value) : String(entity.value)
  return `${entityName(entity.entity)} ${value}${UNITS[entity.entity] ?? ''}`
}
