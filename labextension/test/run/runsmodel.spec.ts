import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { RunList } from '../../src/api/schema';
import { RunsModel } from '../../src/run/runsmodel';
import { FakeClient, Later, run } from '../fake';

const DONE = run({ id: 'old', state: 'succeeded' });

describe('RunsModel', () => {
  let client: FakeClient;
  let model: RunsModel;

  beforeEach(async () => {
    vi.useFakeTimers();
    client = new FakeClient();
    client.runsAnswer = { runs: [DONE] };
    model = new RunsModel({ client });
    model.show('n.ipynb');
    model.isVisible = true;
    await vi.advanceTimersByTimeAsync(0);
    client.asked.length = 0;
  });
  afterEach(() => {
    model.dispose();
    vi.useRealTimers();
  });

  it('asks no further while nothing runs', async () => {
    await vi.advanceTimersByTimeAsync(60_000);
    expect([client.asked, model.state]).toEqual([[], 'ready']);
  });

  it('puts a started run first, and follows it to its end', async () => {
    client.startAnswer = run({ id: 'new', cells_done: 0 });
    await model.start('n.ipynb', { C: 0.1 });
    expect(model.runs.map(each => each.id)).toEqual(['new', 'old']);
    client.runsAnswer = { runs: [run({ id: 'new', cells_done: 5 }), DONE] };
    await vi.advanceTimersByTimeAsync(1000);
    expect(model.runs[0]?.cells_done).toBe(5);
    client.runsAnswer = { runs: [run({ id: 'new', state: 'succeeded' }), DONE] };
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.asked).toEqual([
      'start {"path":"n.ipynb","arguments":{"C":0.1}}',
      'runs n.ipynb',
      'runs n.ipynb'
    ]);
  });

  it('does not ask while nobody can see the runs, and catches up afterwards', async () => {
    client.runsAnswer = { runs: [run()] };
    await model.refresh();
    model.isVisible = false;
    client.asked.length = 0;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(client.asked).toEqual([]);
    model.isVisible = true;
    await vi.advanceTimersByTimeAsync(1000);
    expect(client.asked).toEqual(['runs n.ipynb', 'runs n.ipynb']);
  });

  it('goes on asking when the server is away for a while', async () => {
    client.runsAnswer = { runs: [run()] };
    await model.refresh();
    client.runsAnswer = new Error('The Jupyter server does not answer.');
    await vi.advanceTimersByTimeAsync(2000);
    expect([model.state, model.runs.length]).toEqual(['failed', 1]);
    client.runsAnswer = { runs: [run({ state: 'succeeded' })] };
    await vi.advanceTimersByTimeAsync(1000);
    expect([model.state, model.runs[0]?.state]).toEqual(['ready', 'succeeded']);
  });

  it('says why a run was refused', async () => {
    client.startAnswer = new Error('“C” must be a number.');
    expect(await model.start('n.ipynb', {})).toBeNull();
    expect([model.error, model.isStarting, model.runs.length]).toEqual(['“C” must be a number.', false, 1]);
  });

  it('does not put a run under another notebook', async () => {
    const slow = new Later<ReturnType<typeof run>>();
    client.startAnswer = slow.promise;
    const started = model.start('n.ipynb', {});
    model.show('other.ipynb');
    slow.resolve(run({ id: 'new' }));
    await started;
    expect(model.runs).toEqual([]);
  });

  it('drops the runs of a notebook that is no longer in front', async () => {
    const slow = new Later<RunList>();
    client.runsAnswer = slow.promise;
    const pending = model.refresh();
    model.show('other.ipynb');
    slow.resolve({ runs: [DONE] });
    await pending;
    expect([model.state, model.runs]).toEqual(['loading', []]);
  });

  it('cancels a run', async () => {
    const going = run({ id: 'new' });
    client.runsAnswer = { runs: [going] };
    await model.refresh();
    client.cancelAnswer = run({ id: 'new', state: 'cancelled' });
    await model.cancel(going);
    expect([client.asked.at(-1), model.runs[0]?.state]).toEqual(['cancel new n.ipynb', 'cancelled']);
  });

  it('says why a run could not be cancelled', async () => {
    client.cancelAnswer = new Error('It has ended already.');
    await model.cancel(DONE);
    expect(model.error).toBe('It has ended already.');
  });
});
