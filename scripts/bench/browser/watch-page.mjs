/**
 * Runs inside each page before its own scripts: notes long tasks, and when what is waited for has been painted.
 * A paint has happened when a message comes back that was sent from within an animation frame.
 */
export function watchPage() {
  const state = { longTasks: [], marks: {}, lastPaint: 0, startedAt: 0 };
  window.keywardBench = state;
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) state.longTasks.push([startTime, duration]);
  }).observe({ type: 'longtask', buffered: true });

  state.afterPaint = (done) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => done(performance.now());
      port2.postMessage(null);
    });

  /** Resolves to the moment at which `selector` was first painted, and `not` matched nothing. */
  state.painted = (selector, not) =>
    new Promise((resolve) => {
      const look = () => {
        if (!document.querySelector(selector) || (not && document.querySelector(not))) return;
        observer.disconnect();
        state.afterPaint(resolve);
      };
      const observer = new MutationObserver(look);
      observer.observe(document, {
        subtree: true,
        childList: true,
        attributes: true,
        attributeFilter: ['aria-busy'],
      });
      look();
    });

  /** From the next event of this type on: every change inside `selector` that gets painted is noted. */
  state.arm = (type, selector) => {
    state.disarm?.();
    state.startedAt = 0;
    state.lastPaint = 0;
    const start = (event) => {
      if (state.startedAt === 0) state.startedAt = event.timeStamp;
    };
    const observer = new MutationObserver((records) => {
      const isInside = records.some(({ target }) => {
        const element = target instanceof Element ? target : target.parentElement;
        return element?.closest(selector);
      });
      if (state.startedAt === 0 || !isInside) return;
      state.afterPaint((at) => {
        state.lastPaint = at;
      });
    });
    window.addEventListener(type, start, { capture: true });
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    state.disarm = () => {
      window.removeEventListener(type, start, { capture: true });
      observer.disconnect();
    };
  };
}
