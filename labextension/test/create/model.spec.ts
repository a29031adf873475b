import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CreateModel } from '../../src/create/model';
import { FakeClient, Later, options, project } from '../fake';

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
    expect(client.asked.at(-1)).toBe(
      'create {"cwd":"p","kind":"experiment","title":"One idea","parent":"notebooks/020.ipynb","dataset":null}'
    );
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
