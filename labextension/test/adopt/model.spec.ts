import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AdoptModel } from '../../src/adopt/model';
import type { AdoptApply, AdoptPlan, AdoptResult } from '../../src/api/schema';
import { change, FakeClient, Later, plan, project } from '../fake';
import { data, row } from './rows';

describe('AdoptModel', () => {
  let client: FakeClient;
  let model: AdoptModel;
  const documents = { save: vi.fn(async () => true), follow: vi.fn(async () => {}) };
  const dirty = new Set<string>();
  const scan = async (changes: Partial<AdoptPlan>) => {
    client.planAnswer = plan(changes);
    await model.scan();
  };
  const answer = (changes: Partial<AdoptPlan>, more: Partial<AdoptResult> = {}) =>
    (client.adoptAnswer = { change: null, plan: plan(changes), refused: [], ...more });
  const sent = () => JSON.parse(client.asked.at(-1)!.replace(/^adopt /, '')) as AdoptApply;
  const paths = () => model.rows.map(each => each.path);

  beforeEach(() => {
    vi.useFakeTimers();
    client = new FakeClient();
    model = new AdoptModel({ client, documents, isDirty: path => dirty.has(path), path: 'old' });
  });
  afterEach(() => {
    model.dispose();
    vi.useRealTimers();
    vi.clearAllMocks();
  });

  it('has the surest rows first, else as the server has them', async () => {
    await scan({
      rows: [row('c', { confidence: 'low' }), row('b'), row('m', { confidence: 'medium' }), row('a')]
    });
    expect(paths()).toEqual(['b', 'a', 'm', 'c']);
  });

  it('checks once for several edits, and takes the names', async () => {
    await scan({ rows: [row('a'), row('b', { apply: false })] });
    answer({ rows: [row('a', { title: 'Lasso', proposed: '030_experiment_lasso.ipynb' })] });
    model.edit('a', { title: 'Las' });
    model.edit('a', { title: 'Lasso' });
    expect(model.isChecking).toBe(true);
    await vi.advanceTimersByTimeAsync(400);
    expect(client.asked.length).toBe(3);
    expect(sent()).toMatchObject({ path: 'old', dry_run: true, rows: [{ path: 'a', title: 'Lasso' }] });
    expect(sent().rows.length).toBe(1); // nobody chose or edited the other one
    expect([model.rows[0]!.proposed, model.isChecking]).toEqual(['030_experiment_lasso.ipynb', false]);
  });

  it('keeps what is typed while an older answer comes in', async () => {
    await scan({ rows: [row('a')] });
    const later = new Later<AdoptResult>();
    client.adoptAnswer = later.promise;
    model.edit('a', { title: 'Las' });
    await vi.advanceTimersByTimeAsync(400);
    model.edit('a', { title: 'Lasso' });
    later.resolve({ change: null, plan: plan({ rows: [row('a', { proposed: 'old' })] }), refused: [] });
    await vi.advanceTimersByTimeAsync(0);
    expect([model.rows[0]!.title, model.rows[0]!.proposed]).toEqual(['Lasso', '030_experiment_a']);
  });

  it('does not send back what was wrong before', async () => {
    await scan({ rows: [row('a')], datasets: [data('x.csv', { problem: 'give it a date', date: null })] });
    model.editDataset('x.csv', { date: '2025-03-14', apply: true });
    answer({ datasets: [data('x.csv', { apply: true })] });
    await vi.advanceTimersByTimeAsync(400);
    expect(sent().datasets[0]!.problem).toBeNull();
    expect(model.datasets[0]!.problem).toBeNull();
  });

  it('keeps rows that did not change the same objects', async () => {
    await scan({ rows: [row('a'), row('b')] });
    const before = model.rows[1];
    answer({ rows: [row('a', { problem: 'taken' }), row('b')] });
    model.edit('a', { title: 'x' });
    await vi.advanceTimersByTimeAsync(400);
    expect([model.rows[0]!.problem, model.rows[1]]).toEqual(['taken', before]);
  });

  it('chooses the sure ones, the shown ones, and never one without a kind', async () => {
    await scan({
      rows: [
        row('a', { apply: false }),
        row('b', { confidence: 'low' }),
        row('c', { confidence: 'low', kind: null, apply: false })
      ]
    });
    const chosen = () => model.rows.filter(each => each.apply).map(each => each.path);
    model.chooseSure();
    expect(chosen()).toEqual(['a']);
    model.narrow('low');
    model.choose(true);
    expect(chosen()).toEqual(['a', 'b']);
    model.choose(false);
    expect(chosen()).toEqual(['a']);
  });

  it('filters by words and by what rows are', async () => {
    await scan({
      rows: [row('rain.ipynb'), row('wind.ipynb', { title: 'Rain and wind', confidence: 'low' })],
      datasets: [data('rain.csv')]
    });
    const shown = () => [...model.shownRows, ...model.shownDatasets].map(each => each.path);
    model.filter('RAIN wind');
    expect(shown()).toEqual(['wind.ipynb']);
    model.filter('rain');
    expect(shown()).toEqual(['rain.ipynb', 'wind.ipynb', 'rain.csv']);
    model.narrow('high');
    expect(shown()).toEqual(['rain.ipynb']);
  });

  it('counts what would be adopted', async () => {
    await scan({
      rows: [row('a'), row('b', { problem: 'taken' }), row('c', { apply: false })],
      datasets: [data('x.csv', { apply: true })]
    });
    expect([model.ready, model.troubled]).toEqual([{ notebooks: 1, datasets: 1 }, 1]);
  });

  it('applies what is chosen, saved before, and what is open follows', async () => {
    await scan({ rows: [row('a'), row('b')] });
    answer(
      { rows: [row('a'), row('b')] },
      { change: change({ what: 'adopt' }), refused: [{ path: 'b', reason: 'it is gone' }] }
    );
    await model.apply();
    expect(documents.save).not.toHaveBeenCalled();
    expect([model.state, sent().dry_run]).toEqual(['done', false]);
    expect(documents.follow).toHaveBeenCalledWith({ moves: [{ old: 'a', new: '030_experiment_a' }] });
  });

  it('saves what is open with changes, and does not take that for somebody else’s', async () => {
    await scan({ rows: [row('a'), row('b'), row('c', { apply: false })] });
    ['b', 'c', 'elsewhere'].forEach(path => dirty.add(path));
    model.edit('b', { title: 'Lasso' });
    client.planAnswer = plan({ rows: [row('b', { sha256: 'new' })] });
    await model.apply();
    dirty.clear();
    expect(documents.save.mock.calls).toEqual([['b']]);
    expect(sent().rows.map(each => [each.path, each.title, each.sha256])).toEqual([
      ['a', 'Ridge', 'ab'],
      ['b', 'Lasso', 'new']
    ]);
  });

  it('stays with its edits when applying is refused', async () => {
    await scan({ rows: [row('a')] });
    client.adoptAnswer = new Error('another change is under way');
    await model.apply();
    expect([model.state, model.error, model.rows.length]).toEqual([
      'ready',
      'another change is under way',
      1
    ]);
  });

  it('undoes, and what is open goes back', async () => {
    await scan({ rows: [row('a')] });
    answer({ rows: [row('a')] }, { change: change({ id: 'c1', what: 'adopt', paths: ['n'] }) });
    await model.apply();
    client.undoAnswer = {
      change: change({ undone: true, paths: ['n'] }),
      restored: 1,
      refused: [],
      moved: [{ old: 'n', new: 'a' }]
    };
    await model.undo();
    expect(client.asked.at(-1)).toBe('undo old c1');
    expect(documents.follow).toHaveBeenLastCalledWith({ moves: [{ old: 'n', new: 'a' }], gone: ['n'] });
    expect(model.undone?.restored).toBe(1);
  });

  it('makes a folder a project first', async () => {
    client.projectAnswer = project({ initialised: false });
    await model.scan();
    expect([model.state, client.asked]).toEqual(['no-project', ['project old']]);
    client.projectAnswer = project();
    await model.initialise();
    expect([model.state, client.asked.at(-3)]).toEqual(['ready', 'init old']);
    client.projectAnswer = project({ initialised: false });
    client.initAnswer = new Error('the folder may not be written');
    await model.scan();
    await model.initialise();
    expect([model.state, model.error]).toEqual(['no-project', 'the folder may not be written']);
  });

  it('says why a folder cannot be read', async () => {
    client.planAnswer = new Error('there is no project');
    await model.scan();
    expect([model.state, model.error]).toEqual(['failed', 'there is no project']);
  });
});
