import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CreateModel } from '../../src/create/model';
import type { HandoverItem } from '../../src/api/schema';
import { FakeClient, handover, Later, options, project, template } from '../fake';

describe('CreateModel', () => {
  let client: FakeClient;
  let model: CreateModel;

  beforeEach(async () => {
    vi.useFakeTimers();
    client = new FakeClient();
    model = new CreateModel({ client, kind: 'experiment', cwd: 'p', from: 'p/n.ipynb' });
    await model.load();
    client.asked.length = 0;
  });
  afterEach(() => {
    model.dispose();
    vi.useRealTimers();
  });

  it('starts from what the server proposes', () => {
    expect([model.state, model.parent, model.dataset]).toEqual([
      'ready',
      'notebooks/020.ipynb',
      'weather_2015-12-31_daily'
    ]);
  });

  it('asks about a title once, after a pause', async () => {
    for (const typed of ['a', 'ab', 'abc']) {
      model.setTitle(typed);
      await vi.advanceTimersByTimeAsync(100);
    }
    await vi.advanceTimersByTimeAsync(150);
    expect(client.asked).toEqual(['preview abc']);
    expect(model.preview?.path).toBe('notebooks/030_experiment_x.ipynb');
  });

  it('does not let a title through that will not do', async () => {
    client.previewAnswer = { path: null, problem: 'The name is taken.' };
    model.setTitle('abc');
    expect(model.canCreate).toBe(true); // Enter need not wait for the preview: the server decides
    await vi.advanceTimersByTimeAsync(150);
    expect([model.canCreate, await model.create()]).toEqual([false, null]);
    expect(client.asked).toEqual(['preview abc']);
  });

  it('takes a refused preview as the reason', async () => {
    client.previewAnswer = new Error('No.');
    model.setTitle('abc');
    await vi.advanceTimersByTimeAsync(150);
    expect(model.preview).toEqual({ path: null, problem: 'No.' });
  });

  it('forgets the preview of an older title', async () => {
    const slow = new Later<{ path: string; problem: null }>();
    client.previewAnswer = slow.promise;
    model.setTitle('old');
    await vi.advanceTimersByTimeAsync(150);
    model.setTitle('new');
    slow.resolve({ path: 'old.ipynb', problem: null });
    await vi.advanceTimersByTimeAsync(0);
    expect(model.preview).toBeNull();
  });

  it('does not create without a title', async () => {
    model.setTitle('   ');
    expect([model.canCreate, await model.create()]).toEqual([false, null]);
  });

  it('creates with what was chosen', async () => {
    model.setTitle('  One idea ');
    model.setDataset(null);
    expect(await model.create()).toBe('notebooks/030_experiment_x.ipynb');
    expect(JSON.parse(client.asked.at(-1)!.replace('create ', ''))).toEqual({
      cwd: 'p',
      kind: 'experiment',
      title: 'One idea',
      parent: 'notebooks/020.ipynb',
      dataset: null,
      number: null,
      folder: null,
      template: null,
      variables: {},
      handover: null
    });
  });

  it('stays open with the reason when creating is refused, and can be tried again', async () => {
    client.createAnswer = new Error('The disk is full.');
    model.setTitle('abc');
    expect(await model.create()).toBeNull();
    expect([model.state, model.error, model.canCreate]).toEqual(['ready', 'The disk is full.', true]);
    model.setTitle('abcd');
    expect(model.error).toBeNull();
  });

  it('creates once, however often Enter is pressed', async () => {
    model.setTitle('abc');
    const first = model.create();
    expect(await model.create()).toBeNull();
    expect(await first).toBe('notebooks/030_experiment_x.ipynb');
  });

  it('says what went wrong while loading, and loads again', async () => {
    client.optionsAnswer = new Error('Gone.');
    const other = new CreateModel({ client, kind: 'cleaning', cwd: '', from: null });
    await other.load();
    expect([other.state, other.error]).toEqual(['failed', 'Gone.']);
    client.optionsAnswer = options();
    await other.load();
    expect([other.state, other.error]).toEqual(['ready', null]);
  });

  it('makes a folder a project and goes on with the title that was typed', async () => {
    client.optionsAnswer = options({ project: project({ initialised: false }), datasets: [], dataset: null });
    const other = new CreateModel({ client, kind: 'cleaning', cwd: 'x', from: null });
    other.setTitle('abc');
    await other.load();
    expect([other.state, other.canCreate]).toEqual(['no-project', false]);
    client.optionsAnswer = options();
    await other.initialise();
    await vi.advanceTimersByTimeAsync(0);
    expect([other.state, other.title, other.preview?.problem]).toEqual(['ready', 'abc', null]);
    expect(client.asked).toEqual([
      'options x cleaning null',
      'init x',
      'options x cleaning null',
      'preview abc'
    ]);
  });

  it('says why the folder cannot become a project', async () => {
    client.optionsAnswer = options({ project: project({ initialised: false }) });
    client.initAnswer = new Error('The folder is read-only.');
    const other = new CreateModel({ client, kind: 'cleaning', cwd: 'x', from: null });
    await other.load();
    await other.initialise();
    expect([other.state, other.error]).toEqual(['no-project', 'The folder is read-only.']);
  });

  it('asks again about the number and the folder, and forgets a problem that they may mend', async () => {
    client.previewAnswer = { path: null, problem: 'The number is taken.' };
    model.setTitle('abc');
    await vi.advanceTimersByTimeAsync(150);
    expect(model.canCreate).toBe(false);
    client.previewAnswer = { path: 'x/031_experiment_abc.ipynb', problem: null, number: 31 };
    model.setNumber(31);
    expect(model.canCreate).toBe(true);
    model.setFolder('x');
    await vi.advanceTimersByTimeAsync(150);
    await model.create();
    expect(JSON.parse(client.asked.at(-1)!.replace('create ', ''))).toMatchObject({
      number: 31,
      folder: 'x'
    });
  });

  it('shows the sections of the notebook to be, and the path of a moment ago while it asks', async () => {
    client.previewAnswer = {
      path: 'a.ipynb',
      problem: null,
      outline: ['# Title', '## Hypothesis', '### Detail', '## Result']
    };
    model.setTitle('abc');
    await vi.advanceTimersByTimeAsync(150);
    model.setTitle('abcd');
    expect([model.preview, model.shown]).toEqual([
      null,
      { path: 'a.ipynb', outline: ['Hypothesis', 'Result'] }
    ]);
    model.setTitle(' ');
    expect(model.shown).toBeNull();
  });

  it('wants the values that a template needs', async () => {
    const variables = [
      { name: 'target', prompt: 'Target', type: 'str' as const, default: null, choices: [] },
      { name: 'days', prompt: 'Days', type: 'int' as const, default: '7', choices: [] }
    ];
    client.optionsAnswer = options({
      templates: [template(), template({ name: 'series', variables }), template({ kind: 'cleaning' })]
    });
    await model.load();
    model.setTitle('abc');
    expect([model.templates.length, model.variables, model.canCreate]).toEqual([2, [], true]);
    model.setTemplate('series');
    expect([model.missing?.name, model.canCreate]).toEqual(['target', false]);
    model.setValue('target', 'rain');
    await model.create();
    expect(JSON.parse(client.asked.at(-1)!.replace('create ', ''))).toMatchObject({
      template: 'series',
      variables: { target: 'rain', days: '7' }
    });
  });

  it('saves the parent before it creates, and stays where that did not work', async () => {
    const saved: string[] = [];
    const other = new CreateModel({
      client,
      kind: 'experiment',
      cwd: '',
      from: null,
      save: async path => saved.push(path) < 0
    });
    await other.load();
    other.setTitle('abc');
    expect([await other.create(), saved, other.state]).toEqual([null, ['notebooks/020.ipynb'], 'ready']);
    expect(client.asked.filter(each => each.startsWith('create '))).toEqual([]);
  });

  describe('continuing a notebook', () => {
    const items = [
      {
        id: 'a',
        section: 'Findings',
        text: 'The sensor drifts.',
        cell: 3,
        cell_id: null,
        kinds: ['cleaning']
      },
      { id: 'b', section: 'Findings', text: '**Wind** helps → try wind.', cell: 3, cell_id: null },
      { id: 'c', section: 'Ideas', text: 'Fog', cell: 4, cell_id: null }
    ].map(each => ({ kinds: ['experiment' as const], ...each }) as HandoverItem);
    let next: CreateModel;

    beforeEach(async () => {
      client.handoverAnswer = handover({ path: 'p/n.ipynb', items, dataset: 'clean_2015' });
      next = new CreateModel({ client, kind: 'experiment', cwd: 'p', from: 'p/n.ipynb', continues: true });
      await next.load();
    });

    it('takes along the first item that suits the kind, and the dataset that is handed over', () => {
      expect([next.parent, next.dataset, next.item?.id, next.items.map(each => each.id)]).toEqual([
        'p/n.ipynb',
        'clean_2015',
        'b',
        ['b', 'c']
      ]);
      expect(next.title).toBe('Try wind');
    });

    it('has the title follow the item until somebody types one', () => {
      next.setItem('c');
      expect(next.title).toBe('Fog');
      next.setTitle('Mine');
      next.setItem('b');
      expect(next.title).toBe('Mine');
      next.setItem(null);
      expect([next.title, next.item]).toEqual(['Mine', null]);
    });

    it('hands nothing over from another parent', async () => {
      next.setParent('notebooks/020.ipynb');
      expect([next.items, next.item]).toEqual([[], null]);
      await next.create();
      expect(JSON.parse(client.asked.at(-1)!.replace('create ', ''))).toMatchObject({ handover: null });
    });

    it('says why it cannot be continued', async () => {
      client.handoverAnswer = new Error('It is no notebook.');
      await next.load();
      expect([next.state, next.error]).toEqual(['failed', 'It is no notebook.']);
    });
  });

  it('says nothing more once it is disposed', async () => {
    const heard = vi.fn();
    model.changed.connect(heard);
    model.setTitle('abc');
    model.dispose();
    model.dispose();
    heard.mockClear();
    await vi.advanceTimersByTimeAsync(1000);
    expect([heard.mock.calls.length, client.asked]).toEqual([0, []]);
  });
});
