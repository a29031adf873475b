import { ServerConnection } from '@jupyterlab/services';
import { nullTranslator } from '@jupyterlab/translation';
import { describe, expect, it } from 'vitest';
import { Client, Refused } from '../../src/api/client';

const BASE = 'http://127.0.0.1:8888/some/base/';

function client(status: number, body: string, sent: string[] = []): Client {
  return new Client({
    settings: ServerConnection.makeSettings({ baseUrl: BASE }),
    trans: nullTranslator.load('mlnb'),
    request: async (url, init) => {
      sent.push([init.method, url.replace(BASE, ''), init.body].filter(Boolean).join(' '));
      return new Response(body, { status });
    }
  });
}

const NB = 'notebooks/030 é&x.ipynb';
const NB_ENCODED = 'notebooks%2F030+%C3%A9%26x.ipynb';

/** Every method, and what it must send: the table of routes as the browser sees it. */
const ROUTES: [string, (client: Client) => Promise<unknown>][] = [
  [`GET mlnb/project?path=${NB_ENCODED}`, it => it.project(NB)],
  ['POST mlnb/init {"path":"a"}', it => it.init('a')],
  ['GET mlnb/create/options?cwd=a&kind=experiment', it => it.createOptions('a', 'experiment', null)],
  [
    'GET mlnb/create/options?cwd=&kind=cleaning&from=b.ipynb',
    it => it.createOptions('', 'cleaning', 'b.ipynb')
  ],
  [
    'POST mlnb/create/preview {"cwd":"a","kind":"cleaning","title":"t"}',
    it => it.previewCreate({ cwd: 'a', kind: 'cleaning', title: 't' })
  ],
  [
    'POST mlnb/create {"cwd":"a","kind":"cleaning","title":"t","parent":null,"dataset":"d"}',
    it => it.create({ cwd: 'a', kind: 'cleaning', title: 't', parent: null, dataset: 'd' })
  ],
  ['GET mlnb/check?path=n', it => it.check('n')],
  ['GET mlnb/data?path=', it => it.datasets('')],
  [
    'POST mlnb/data {"path":"p","name":"n","date":"2025","features":"f"}',
    it => it.addDataset({ path: 'p', name: 'n', date: '2025', features: 'f' })
  ],
  ['GET mlnb/run/form?path=n', it => it.runForm('n')],
  [
    'POST mlnb/run {"path":"n","arguments":{"C":0.1}}',
    it => it.startRun({ path: 'n', arguments: { C: 0.1 } })
  ],
  ['GET mlnb/runs?path=n', it => it.runs('n')],
  ['GET mlnb/runs/2026-1?path=n', it => it.run('2026-1', 'n')],
  ['POST mlnb/runs/2026-1/cancel?path=n {}', it => it.cancelRun('2026-1', 'n')],
  [
    'GET mlnb/search?q=metric.auc%3E0.9+%22a+b%22&path=&limit=50',
    it => it.search('metric.auc>0.9 "a b"', '', 50)
  ],
  ['POST mlnb/promote {"path":"n"}', it => it.promote('n')],
  ['GET mlnb/promote/p1', it => it.promotion('p1')],
  ['POST mlnb/promote/p1/cancel {}', it => it.cancelPromotion('p1')]
];

describe('Client', () => {
  it.each(ROUTES)('sends %s', async (expected, ask) => {
    const sent: string[] = [];
    await ask(client(200, '{}', sent));
    expect(sent).toEqual([expected]);
  });

  it('gives back what the server said', async () => {
    expect(await client(200, '{"datasets": []}').datasets('')).toEqual({ datasets: [] });
  });

  it('throws the sentence of a refusal', async () => {
    const body = '{"message": "There is no column “x”.", "reason": "BadArgument", "traceback": null}';
    const refused = await client(400, body)
      .check('n')
      .catch(reason => reason as Refused);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ message: 'There is no column “x”.', status: 400, reason: 'BadArgument' });
  });

  it.each([
    [404, '<html>', 'The server part of mlnb is not running: see “jupyter server extension list”.'],
    [
      404,
      '{"message": "Not Found", "reason": null}',
      'The server part of mlnb is not running: see “jupyter server extension list”.'
    ],
    [403, '{"message": "Forbidden", "reason": null}', 'The Jupyter server asks you to log in again.'],
    [500, '', 'The server failed (500).'],
    [500, '{"message": "Boom", "reason": null}', 'Boom'],
    [200, '<html>', 'The Jupyter server gave an answer that is not JSON.']
  ])('says in a sentence what %i %s means', async (status, body, message) => {
    await expect(client(status, body).check('n')).rejects.toThrow(message);
  });

  it('says that the server does not answer', async () => {
    const dead = new Client({
      settings: ServerConnection.makeSettings({ baseUrl: BASE }),
      trans: nullTranslator.load('mlnb'),
      request: () => Promise.reject(new TypeError('Failed to fetch'))
    });
    await expect(dead.check('n')).rejects.toThrow('The Jupyter server does not answer.');
  });
});
