// An app's web client: the stock SDK, told what to do and telling what it hears, one JSON object a line.
//
//   node listen.mjs <url of the WebSocket>
//
// The first line of standard input is {"token", "deviceId", "transport"}; then: connect, disconnect, ack <messageUID>.

import { createInterface } from 'node:readline';
import { Centrifuge } from 'centrifuge';
import { EventSource } from 'eventsource';
import WebSocket from 'ws';

const tell = (event, fields) => process.stdout.write(JSON.stringify({ event, ...fields }) + '\n');

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { token, deviceId, transport } = JSON.parse((await lines.next()).value);

// As in a browser: the WebSocket's address, or another transport's at the same host.
const webSocket = process.argv[2];
const http = (path) => new URL(path, webSocket.replace(/^ws/, 'http')).toString();
const endpoint = {
  websocket: webSocket,
  http_stream: http('/connection/http_stream'),
  sse: http('/connection/sse'),
}[transport];

const client = new Centrifuge([{ transport, endpoint }], {
  token,
  data: { deviceId },
  websocket: WebSocket,
  eventsource: EventSource,
  emulationEndpoint: http('/emulation'),
});

client.on('connected', ({ client }) => tell('connected', { client }));
client.on('connecting', ({ code, reason }) => tell('connecting', { code, reason }));
client.on('disconnected', ({ code, reason }) => tell('disconnected', { code, reason }));
client.on('error', ({ error }) => tell('error', { code: error.code, reason: error.message }));
client.on('subscribed', ({ channel, recovered }) => tell('subscribed', { channel, recovered }));
client.on('publication', ({ channel, data }) => tell('publication', { channel, data }));

for await (const line of lines) {
  const [command, argument] = line.split(' ');
  if (command === 'connect') {
    client.connect();
  } else if (command === 'disconnect') {
    client.disconnect();
  } else if (command === 'ack') {
    client.rpc('ack', { uids: [argument] }).then(
      ({ data }) => tell('acknowledged', { data }),
      (error) => tell('error', { code: error.code, reason: error.message }));
  }
}
client.disconnect();
