const SYNC = Uint8Array.of(0x53, 0, 0, 0, 4);
const ROLLBACK = Buffer.from('Q\0\0\0\rROLLBACK\0', 'latin1');
const IDLE = Buffer.from('Z\0\0\0\x05I', 'latin1');
const TERMINATE = 0x58;

/**
 * Gives PGlite's only session to one connection at a time: from its first message until PostgreSQL reports that
 * the session is idle again. Stands in for pglite-socket's own queue, which lets connections in between the
 * messages of one statement, so that one may bind its values to another's statement.
 */
export class SessionQueue {
  #db;
  #waiting = [];
  #ownerId = null;
  #isRunning = false;
  #onFatal;

  /** `onFatal` hears of errors of PGlite itself; errors of SQL are part of the answers. */
  constructor(db, onFatal) {
    this.#db = db;
    this.#onFatal = onFatal;
  }

  /** Runs one protocol message when its connection's turn comes; resolves to the size of the answer in bytes. */
  enqueue(handlerId, message, onData) {
    if (message[0] === TERMINATE) return Promise.resolve(0);
    return new Promise((resolve, reject) => {
      this.#waiting.push({ handlerId, message, onData, resolve, reject });
      void this.#run();
    });
  }

  clearQueueForHandler(handlerId) {
    const dropped = this.#waiting.filter((item) => item.handlerId === handlerId);
    this.#waiting = this.#waiting.filter((item) => item.handlerId !== handlerId);
    for (const item of dropped) item.reject(new Error('The connection was closed.'));
  }

  /** Ends what a closed connection left open, then lets the next one in. */
  async clearTransactionIfNeeded(handlerId) {
    if (this.#ownerId !== handlerId) return;
    const ignore = () => {};
    await this.enqueue(handlerId, SYNC, ignore);
    if (this.#ownerId === handlerId) await this.enqueue(handlerId, ROLLBACK, ignore);
    if (this.#ownerId === handlerId) this.#ownerId = null;
    void this.#run();
  }

  #takeNext() {
    if (this.#ownerId === null) return this.#waiting.shift();
    const index = this.#waiting.findIndex((item) => item.handlerId === this.#ownerId);
    return index === -1 ? undefined : this.#waiting.splice(index, 1)[0];
  }

  async #run() {
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let item = this.#takeNext(); item !== undefined; item = this.#takeNext()) {
      this.#ownerId = item.handlerId;
      try {
        item.resolve(await this.#execute(item));
      } catch (error) {
        item.reject(error);
        this.#onFatal(error);
      }
    }
    this.#isRunning = false;
  }

  async #execute({ message, onData }) {
    let size = 0;
    let tail = Buffer.alloc(0);
    await this.#db.runExclusive(() =>
      this.#db.execProtocolRawStream(message, {
        onRawData: (data) => {
          size += data.length;
          tail = Buffer.concat([tail, data.subarray(-IDLE.length)]).subarray(-IDLE.length);
          onData(data);
        },
      }),
    );
    if (tail.equals(IDLE)) this.#ownerId = null;
    return size;
  }
}
