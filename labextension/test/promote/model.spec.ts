import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { PromoteModel } from '../../src/promote/model';
import { FakeClient, job } from '../fake';

describe('PromoteModel', () => {
  let client: FakeClient;
  let model: PromoteModel;

  beforeEach(() => {
    vi.useFakeTimers();
    client = new FakeClient();
    model = new PromoteModel({ client });
    model.show('n.ipynb');
  });
  afterEach(() => {
    model.dispose();
    vi.useRealTimers();
  });

  it('follows a promotion from stage to stage to its end', async () => {
    await model.start('n.ipynb');
    expect([model.isRunning, model.job?.stage]).toEqual([true, 'reading']);
    client.jobAnswer = job({ stage: 'running the notebook' });
    await vi.advanceTimersByTimeAsync(1000);
    expect(model.job?.stage).toBe('running the notebook');
    client.jobAnswer = job({ state: 'done', stage: 'done' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect([model.isRunning, client.asked]).toEqual([
      false,
      ['promote n.ipynb', 'promotion p1', 'promotion p1']
    ]);
  });

  it('starts one promotion, however often it is asked to', async () => {
    await Promise.all([model.start('n.ipynb'), model.start('n.ipynb')]);
    await model.start('n.ipynb');
    expect(client.asked).toEqual(['promote n.ipynb']);
  });

  it('says why it was refused', async () => {
    client.promoteAnswer = new Error('Cell 4 uses input().');
    await model.start('n.ipynb');
    expect([model.isRunning, model.job, model.error]).toEqual([false, null, 'Cell 4 uses input().']);
  });

  it('goes on while another notebook is in front, and has the result when one comes back', async () => {
    await model.start('n.ipynb');
    model.show('other.ipynb');
    expect([model.job, model.isRunning]).toEqual([null, false]);
    client.jobAnswer = job({ state: 'done' });
    await vi.advanceTimersByTimeAsync(1000);
    model.show('n.ipynb');
    expect(model.job?.state).toBe('done');
  });

  it('waits for a server that is away, and forgets a job that it cannot tell of', async () => {
    await model.start('n.ipynb');
    client.jobAnswer = new Error('The Jupyter server does not answer.');
    await vi.advanceTimersByTimeAsync(3000);
    expect([model.isRunning, model.error]).toEqual([true, 'The Jupyter server does not answer.']);
    client.jobAnswer = Object.assign(new Error('No such promotion.'), { status: 404 });
    await vi.advanceTimersByTimeAsync(1000);
    expect([model.isRunning, model.job, model.error]).toEqual([false, null, 'No such promotion.']);
  });

  it('cancels', async () => {
    await model.start('n.ipynb');
    await model.cancel();
    await vi.advanceTimersByTimeAsync(5000);
    expect([client.asked, model.job?.state]).toEqual([
      ['promote n.ipynb', 'cancel promotion p1'],
      'cancelled'
    ]);
  });
});
