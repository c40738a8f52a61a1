/** When something promised is due, in the words an agent uses. */

export interface Due {
  title: string
  at: Date
}

/** In an hour, at the end of today, of tomorrow, in three days; what is over already is left out. */
export function dueChoices(now: Date): Due[] {
  const at = (days: number, hour: number): Date => {
    const date = new Date(now)
    date.setDate(date.getDate() + days)
    date.setHours(hour, 0, 0, 0)
    return date
  }
  const choices: Due[] = [
    { title: '一小时内', at: new Date(now.getTime() + 3_600_000) },
    { title: '今天 18:00 前', at: at(0, 18) },
    { title: '今天 22:00 前', at: at(0, 22) },
    { title: '明天 18:00 前', at: at(1, 18) },
    { title: '三天内', at: at(3, 18) },
  ]
  return choices.filter((choice) => choice.at > now)
}
