// A container of the tests: a web server that does as its environment says.
//   PORT          where it listens
//   VERSION       what `/` answers
//   HEALTHY       'no': `/healthy` answers 503
//   START_MS      it listens only after so long
//   ON_SIGTERM    'ignore', or else it finishes what it is answering and leaves
// `/unhealthy` makes `/healthy` answer 503 from then on, `/exit` ends the process with code 3, `/env`
// shows the environment, `/slow` answers after 300 ms.
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const { PORT, VERSION = 'none', HEALTHY, START_MS = '0', ON_SIGTERM } = process.env;
let healthy = HEALTHY !== 'no';

const answers = {
  '/': () => VERSION,
  '/env': () => JSON.stringify(process.env),
  '/metrics': () => 'up_since_start 1\n',
  '/slow': async () => {
    console.log('slow');
    await sleep(300);
    return VERSION;
  },
  '/unhealthy': () => {
    healthy = false;
    return 'from now on';
  },
  '/exit': () => process.exit(3),
};

const server = createServer(async (request, response) => {
  if (request.url === '/healthy') {
    response.writeHead(healthy ? 200 : 503).end();
    return;
  }
  const answer = answers[request.url];
  if (answer) response.end(await answer());
  else response.writeHead(404).end();
});

process.on('SIGTERM', () => {
  console.log('got SIGTERM');
  if (ON_SIGTERM !== 'ignore') server.close();
});
await sleep(Number(START_MS));
server.listen(Number(PORT), () => {
  console.log(`listening on ${PORT}`);
});
