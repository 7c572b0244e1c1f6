/** The configuration does not allow a start. The message says what to write instead; exit code 3. */
export class StartRefused extends Error {
  override readonly name = "StartRefused";
}
