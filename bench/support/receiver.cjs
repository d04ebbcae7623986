// Takes webhooks in a process of its own, so that its time is not counted as ours.
const { createServer } = require('node:http');

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => response.writeHead(204).end());
});
server.listen(0, '127.0.0.1', () => process.send(server.address().port));
process.on('disconnect', () => process.exit());
