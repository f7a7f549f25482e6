import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { PEER_HEADER, trackPeerAddresses } from './track-peer-addresses';

it('notes the address of the connection, whatever the client claims', async () => {
  trackPeerAddresses();
  const server = createServer((request, response) => response.end(String(request.headers[PEER_HEADER])));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}`, { headers: { [PEER_HEADER]: '6.6.6.6' } });
  expect(await response.text()).toBe('127.0.0.1');
  await new Promise((resolve) => server.close(resolve));
});
