/** Shows an instant for people, to the second. Whatever is no instant in UTC stays as it is. */
export function instantText(instant: string): string {
  return instant.replace(/^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)\.\d+Z$/u, "$1Z");
}
