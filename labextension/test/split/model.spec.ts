import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refused } from '../../src/api/client';
import { SplitModel } from '../../src/split/model';
import { FakeClient, splitJob } from '../fake';
import { offer, offers, refused } from './offers';

describe('SplitModel', () => {
  let client: FakeClient;
  let model: SplitModel;

  beforeEach(async () => {
    vi.useFakeTimers();
    client = new FakeClient();
    client.splitOffersAnswer = offers();
    model = new SplitModel({ client, path: 'notebooks/n.ipynb' });
    await model.load();
    client.asked.length = 0;
  });
  afterEach(() => {
    model.dispose();
    vi.useRealTimers();
  });

  it('starts from the first place that is not refused', () => {
    expect([model.chosen?.cell, model.kind, model.title, model.target, model.canSplit]).toEqual([
      4,
      'experiment',
      'Rain tomorrow',
      'notebooks/031_experiment_rain-tomorrow.ipynb',
      true
    ]);
    model.choose(refused);
    expect(model.chosen?.cell).toBe(4);
  });

  it('asks what an edited title would be called, in the folder of the notebook', async () => {
    model.setTitle('Fog');
    expect(model.target).toBeNull();
    await vi.advanceTimersByTimeAsync(150);
    expect([client.asked, model.target]).toEqual([['preview Fog'], 'notebooks/030_experiment_x.ipynb']);
    client.previewAnswer = { path: null, problem: 'Taken.' };
    model.setKind('cleaning');
    await vi.advanceTimersByTimeAsync(0);
    expect([model.problem, model.canSplit, await model.split()]).toEqual(['Taken.', false, null]);
    model.choose(offer());
    expect([model.problem, model.title]).toEqual([null, 'Rain tomorrow']);
  });

  it('follows a split from stage to stage, and gives the second half', async () => {
    const splitting = model.split();
    await vi.advanceTimersByTimeAsync(0);
    expect([model.state, model.job?.stage]).toEqual(['splitting', 'running the first half']);
    client.splitAnswer = splitJob({ stage: 'running the second half' });
    await vi.advanceTimersByTimeAsync(500);
    expect(model.job?.stage).toBe('running the second half');
    client.splitAnswer = splitJob({ state: 'done', path: 'second.ipynb' });
    await vi.advanceTimersByTimeAsync(500);
    expect([await splitting, model.state]).toEqual(['second.ipynb', 'ready']);
    await vi.advanceTimersByTimeAsync(5000);
    expect(client.asked).toEqual([
      'split {"path":"notebooks/n.ipynb","cell":4,"kind":"experiment","title":"Rain tomorrow","sha256":"ab12"}',
      'split job s1',
      'split job s1'
    ]);
  });

  it('says why a split failed, and can be tried again', async () => {
    client.splitAnswer = splitJob({ state: 'failed', problem: 'Cell 5 fails.' });
    expect(await model.split()).toBeNull();
    expect([model.state, model.error, model.canSplit]).toEqual(['ready', 'Cell 5 fails.', true]);
  });

  it('says why it was refused', async () => {
    client.splitAnswer = new Error('The notebook has changed.');
    expect([await model.split(), model.error]).toEqual([null, 'The notebook has changed.']);
  });

  it('is cancelled', async () => {
    const splitting = model.split();
    await vi.advanceTimersByTimeAsync(0);
    client.splitAnswer = splitJob({ state: 'cancelled' });
    await model.cancel();
    expect([await splitting, model.state, client.asked.at(-1)]).toEqual([null, 'ready', 'cancel split s1']);
  });

  it('waits for a server that is away, and gives up a job that it cannot tell of', async () => {
    const splitting = model.split();
    await vi.advanceTimersByTimeAsync(0);
    client.splitAnswer = new Error('The Jupyter server does not answer.');
    await vi.advanceTimersByTimeAsync(1500);
    expect([model.state, model.error]).toEqual(['splitting', 'The Jupyter server does not answer.']);
    client.splitAnswer = new Refused('There is no such split.', 404, 'NotFound');
    await vi.advanceTimersByTimeAsync(500);
    expect([await splitting, model.state, model.error]).toEqual([null, 'ready', 'There is no such split.']);
  });

  it('says why nothing could be offered', async () => {
    client.splitOffersAnswer = new Error('It is no notebook.');
    await model.load();
    expect([model.state, model.error]).toEqual(['failed', 'It is no notebook.']);
  });
});
