import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RenameModel } from '../../src/rename/model';
import { FakeClient, guess, report } from '../fake';

describe('RenameModel', () => {
  let client: FakeClient;
  let model: RenameModel;

  beforeEach(async () => {
    vi.useFakeTimers();
    client = new FakeClient();
    client.checkAnswer = report({ kind: null });
    model = new RenameModel({ client, path: 'Untitled.ipynb' });
    await model.load();
    await vi.advanceTimersByTimeAsync(0);
  });
  afterEach(() => {
    model.dispose();
    vi.useRealTimers();
  });

  it('starts from what the content suggests', () => {
    expect([model.state, model.kind, model.title, model.shown?.path, model.isNamed]).toEqual([
      'ready',
      'exploration',
      'Rain',
      'notebooks/031_experiment_y.ipynb',
      false
    ]);
  });

  it('starts from the name where that says the kind already', async () => {
    client.checkAnswer = report({ kind: 'experiment', title: 'X' });
    client.previewRenameAnswer = new Error('It has this name already.');
    const named = new RenameModel({ client, path: 'notebooks/030_experiment_x.ipynb' });
    await named.load();
    await vi.advanceTimersByTimeAsync(0);
    expect([named.kind, named.title, named.isAsBefore, named.canRename]).toEqual([
      'experiment',
      'X',
      true,
      false
    ]);
    named.setTitle('Y');
    expect(named.isAsBefore).toBe(false);
  });

  it('does without a check', async () => {
    client.checkAnswer = new Error('No.');
    const other = new RenameModel({ client, path: 'n.ipynb' });
    await other.load();
    expect([other.state, other.kind]).toEqual(['ready', 'exploration']);
  });

  it('asks about a title once, after a pause', async () => {
    client.asked.length = 0;
    model.setTitle('a');
    model.setTitle('ab');
    await vi.advanceTimersByTimeAsync(150);
    expect(client.asked).toEqual([
      'preview rename {"path":"Untitled.ipynb","kind":"exploration","title":"ab","number":null,"folder":null}'
    ]);
  });

  it('waits for a kind where none could be guessed', async () => {
    client.guessAnswer = guess({ kind: null, title: 'Rain' });
    const other = new RenameModel({ client, path: 'n.ipynb' });
    await other.load();
    expect([other.kind, other.canRename, other.shown]).toEqual([null, false, null]);
    other.setKind('cleaning');
    await vi.advanceTimersByTimeAsync(0);
    expect([other.canRename, other.shown?.path]).toEqual([true, 'notebooks/031_experiment_y.ipynb']);
  });

  it('does not let a title through that will not do', async () => {
    client.previewRenameAnswer = { path: null, problem: 'Taken.', references: [], runs: 0 };
    model.setTitle('a');
    await vi.advanceTimersByTimeAsync(150);
    expect([model.canRename, await model.rename()]).toEqual([false, null]);
  });

  it('renames, and says what followed', async () => {
    expect((await model.rename())?.references).toBe(1);
    expect(client.asked.at(-1)).toContain(
      'rename {"path":"Untitled.ipynb","kind":"exploration","title":"Rain"'
    );
  });

  it('stays open with the reason when it is refused', async () => {
    client.movedAnswer = new Error('It is read-only.');
    expect(await model.rename()).toBeNull();
    expect([model.state, model.error, model.canRename]).toEqual(['ready', 'It is read-only.', true]);
    model.setTitle('b');
    expect(model.error).toBeNull();
  });

  it('says why there is no guess, and asks again', async () => {
    client.guessAnswer = new Error('It is no notebook.');
    await model.load();
    expect([model.state, model.error]).toEqual(['failed', 'It is no notebook.']);
    client.guessAnswer = guess();
    await model.load();
    expect(model.state).toBe('ready');
  });
});
