/** A raise until a day lasts through that day, in UTC. */
export function endOfDay(day: string): string {
  return `${day}T23:59:59.000Z`;
}
