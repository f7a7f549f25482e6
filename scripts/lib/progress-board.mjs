const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const redrawMs = 120;
const reportEveryMs = 10_000;

/** @param {number} ms */
export const formatDuration = (ms) =>
  ms < 60_000
    ? `${(ms / 1000).toFixed(1)} s`
    : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;

/**
 * One line a step, with what it is doing and the time it took. On a terminal the running steps are redrawn in
 * place; elsewhere a line is written when a step ends, and every ten seconds while it runs.
 */
export class ProgressBoard {
  #stream;
  #isLive;
  /** @type {Set<{ label: string, note: string, startedAt: number, reportedAt: number }>} */
  #running = new Set();
  #drawn = 0;
  #timer;

  constructor(stream = process.stdout) {
    this.#stream = stream;
    this.#isLive = Boolean(stream.isTTY) && !process.env.CI;
  }

  /** @param {string} text */
  print(text) {
    this.#clear();
    this.#stream.write(`${text}\n`);
    this.#draw();
  }

  /**
   * @template T
   * @param {string} label
   * @param {(note: (text: string) => void) => Promise<T>} work
   * @returns {Promise<T>}
   */
  async step(label, work) {
    const step = { label, note: '', startedAt: performance.now(), reportedAt: performance.now() };
    this.#running.add(step);
    this.#timer ??= setInterval(() => this.#tick(), this.#isLive ? redrawMs : 1000);
    try {
      const result = await work((text) => {
        step.note = text;
      });
      this.#end(step, '✓');
      return result;
    } catch (error) {
      this.#end(step, '✗');
      throw error;
    }
  }

  /** Stops redrawing, so that what is printed next stays. */
  close() {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#clear();
    this.#running.clear();
  }

  #end(step, mark) {
    if (!this.#running.delete(step)) return;
    this.print(this.#line(mark, step));
    if (this.#running.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #line(mark, step) {
    const took = formatDuration(performance.now() - step.startedAt).padStart(8);
    const line = `  ${mark} ${step.label.padEnd(34)} ${took}${step.note ? `   ${step.note}` : ''}`;
    return this.#isLive ? line.slice(0, (this.#stream.columns ?? 100) - 1) : line;
  }

  #tick() {
    if (this.#isLive) {
      this.#clear();
      this.#draw();
      return;
    }
    for (const step of this.#running) {
      if (performance.now() - step.reportedAt < reportEveryMs) continue;
      step.reportedAt = performance.now();
      this.#stream.write(`${this.#line('…', step)}\n`);
    }
  }

  #clear() {
    if (this.#drawn > 0) this.#stream.write(`\u001b[${this.#drawn}A\u001b[0J`);
    this.#drawn = 0;
  }

  #draw() {
    if (!this.#isLive) return;
    const frame = frames[Math.floor(performance.now() / redrawMs) % frames.length];
    for (const step of this.#running) this.#stream.write(`${this.#line(frame, step)}\n`);
    this.#drawn = this.#running.size;
  }
}
