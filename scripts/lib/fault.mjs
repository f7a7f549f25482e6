/** A failure that a person can act on: one sentence, and the lines that explain it. Shown without a stack. */
export class Fault extends Error {
  /**
   * @param {string} message
   * @param {string[]} [details]
   */
  constructor(message, details = []) {
    super(message);
    this.name = 'Fault';
    this.details = details;
  }
}
