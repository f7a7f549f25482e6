import { createServer, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Stands before a provider and lets each call take exactly so long: lists are answered from memory after the first
 * time, so that the provider's own speed does not count.
 * Run as `node scripts/bench/slow-provider.mjs TARGET DELAY_MS`; prints its address as JSON.
 */
const [target = '', delayText = '50'] = process.argv.slice(2);
const delayMs = Number(delayText);
const memory = new Map();

function ask(req) {
  return new Promise((resolve, reject) => {
    const options = { method: req.method, headers: { ...req.headers, host: new URL(target).host } };
    const outgoing = request(new URL(req.url, target), options, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const body = Buffer.concat(parts);
        const type = answer.headers['content-type'] ?? 'application/json';
        resolve({
          status: answer.statusCode,
          headers: { 'content-type': type, 'content-length': body.length },
          body,
        });
      });
    });
    outgoing.on('error', reject);
    req.pipe(outgoing);
  });
}

async function answer(req, res) {
  const arrivedAt = performance.now();
  const isRead = req.method === 'GET';
  const known = isRead ? memory.get(req.url) : undefined;
  const told = known ?? (await ask(req));
  if (isRead && told.status === 200) memory.set(req.url, told);
  await sleep(Math.max(0, delayMs - (performance.now() - arrivedAt)));
  res.writeHead(told.status, told.headers).end(told.body);
}

const server = createServer((req, res) => {
  answer(req, res).catch(() => res.writeHead(502).end());
});
server.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}` }));
});
