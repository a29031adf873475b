import { beforeEach, describe, expect, it } from 'vitest';
import { LineageModel } from '../../src/lineage/model';
import { FakeClient, Later } from '../fake';
import { lineage } from './nodes';

describe('LineageModel', () => {
  let client: FakeClient;
  let model: LineageModel;
  const ask = async (links: string, path = 'notebooks') => {
    client.lineageAnswer = lineage(links);
    model.show(path);
    await model.refresh();
  };
  const shown = () =>
    model.shown.edges.map(each => `${each.source}${each.indirect ? '~' : '>'}${each.target}`);

  beforeEach(() => {
    client = new FakeClient();
    model = new LineageModel({ client });
  });

  it('asks nothing while there is nothing to show', async () => {
    await model.refresh();
    expect([model.state, client.asked]).toEqual(['none', []]);
  });

  it('asks for runs only when they are wanted', async () => {
    await ask('a>b');
    await model.toggle('run');
    await model.toggle('run');
    expect(client.asked).toEqual([
      'lineage notebooks false',
      'lineage notebooks true',
      'lineage notebooks false'
    ]);
  });

  it('forgets what an earlier path was answered', async () => {
    const later = new Later<ReturnType<typeof lineage>>();
    client.lineageAnswer = later.promise;
    model.show('a.ipynb');
    const first = model.refresh();
    await ask('x>y', 'b.ipynb');
    later.resolve(lineage('a>b'));
    await first;
    expect(model.info?.nodes.map(each => each.id)).toEqual(['x', 'y']);
  });

  it('keeps what is shown when the server does not answer', async () => {
    await ask('a>b');
    client.lineageAnswer = new Error('The server is away.');
    await model.refresh();
    expect([model.state, model.error, model.info?.nodes.length]).toEqual([
      'failed',
      'The server is away.',
      2
    ]);
  });

  it('leads over what is hidden', async () => {
    await ask('a>d1 d1>b b>c a>b');
    expect(shown()).toEqual(['a>d1', 'a>b', 'd1>b', 'b>c']);
    await model.toggle('dataset');
    expect(shown()).toEqual(['a>b', 'b>c']);
    model.filter('experiment c');
    expect(model.shown.nodes.map(each => each.id)).toEqual(['c']);
    await model.toggle('notebook');
    expect(model.shown.nodes).toEqual([]);
  });

  it('tells lines over hidden nodes from others', async () => {
    await ask('a>d1 d1>b');
    await model.toggle('dataset');
    expect(shown()).toEqual(['a~b']);
  });

  it('does not turn for ever in a ring of hidden nodes', async () => {
    await ask('a>d1 d1>d2 d2>d1 d2>a');
    await model.toggle('dataset');
    expect(shown()).toEqual([]);
  });

  it('narrows to a node and its family', async () => {
    await ask('a>b b>c a>x y>c');
    model.narrow('b');
    expect(model.shown.nodes.map(each => each.id)).toEqual(['a', 'b', 'c']);
    model.narrow(null);
    expect(model.shown.nodes.length).toBe(5);
  });

  it('loses its selection when the node is gone', async () => {
    await ask('a>b');
    model.select('a');
    await ask('b>c');
    expect(model.selected).toBeNull();
  });

  it('draws the same thing until something changes', async () => {
    await ask('a>b');
    const before = model.shown;
    model.select('a');
    expect(model.shown).toBe(before);
  });
});
