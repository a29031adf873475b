import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SearchModel } from '../../src/search/model';
import { FakeClient, found, hit, Later } from '../fake';
import type { SearchAnswer } from '../../src/api/schema';

const THREE = [hit({ path: 'a' }), hit({ path: 'b' }), hit({ path: 'c' })];

describe('SearchModel', () => {
  let client: FakeClient;
  let model: SearchModel;

  beforeEach(() => {
    vi.useFakeTimers();
    client = new FakeClient();
    client.searchAnswer = found({ query: 'rain', hits: THREE, total: 3 });
    model = new SearchModel({ client, where: () => 'p' });
  });
  afterEach(() => {
    model.dispose();
    vi.useRealTimers();
  });

  it('searches while typing, from three characters on and after a pause', async () => {
    for (const typed of ['r', 'ra', 'rai', 'rain']) {
      model.type(typed);
      await vi.advanceTimersByTimeAsync(100);
    }
    expect(client.asked).toEqual([]);
    await vi.advanceTimersByTimeAsync(150);
    expect(client.asked).toEqual(['search “rain” p 50']);
    expect([model.state, model.hits.length, model.isSettled]).toEqual(['answered', 3, true]);
  });

  it('searches fewer characters on Enter only', async () => {
    model.type('ab');
    await vi.advanceTimersByTimeAsync(1000);
    expect(client.asked).toEqual([]);
    await model.submit();
    expect(client.asked).toEqual(['search “ab” p 50']);
  });

  it('searches once when Enter comes before the pause is over', async () => {
    model.type('rain');
    await model.submit();
    await vi.advanceTimersByTimeAsync(1000);
    expect(client.asked).toEqual(['search “rain” p 50']);
  });

  it('searches nothing while an input method composes', async () => {
    model.startComposing();
    model.type('あめが');
    await vi.advanceTimersByTimeAsync(1000);
    expect(client.asked).toEqual([]);
    model.endComposing('雨の日');
    await vi.advanceTimersByTimeAsync(150);
    expect(client.asked).toEqual(['search “雨の日” p 50']);
  });

  it('drops an answer that a newer question has overtaken', async () => {
    const slow = new Later<SearchAnswer>();
    client.searchAnswer = slow.promise;
    model.type('old');
    await vi.advanceTimersByTimeAsync(150);
    client.searchAnswer = found({ query: 'new', hits: [hit({ path: 'new' })], total: 1 });
    model.type('new');
    await vi.advanceTimersByTimeAsync(150);
    slow.resolve(found({ query: 'old', hits: THREE, total: 3 }));
    await vi.advanceTimersByTimeAsync(0);
    expect(model.hits.map(each => each.path)).toEqual(['new']);
  });

  it('drops a failure that a newer question has overtaken', async () => {
    const slow = new Later<SearchAnswer>();
    client.searchAnswer = slow.promise;
    model.type('old');
    await vi.advanceTimersByTimeAsync(150);
    client.searchAnswer = found({ query: 'new' });
    model.type('new');
    await vi.advanceTimersByTimeAsync(150);
    slow.reject(new Error('Bad query.'));
    await vi.advanceTimersByTimeAsync(0);
    expect([model.state, model.error]).toEqual(['answered', null]);
  });

  it('keeps the old hits in view until the new ones are there', async () => {
    await model.submit();
    client.searchAnswer = new Later<SearchAnswer>().promise;
    model.type('other');
    await vi.advanceTimersByTimeAsync(150);
    expect([model.state, model.hits.length, model.isSettled]).toEqual(['searching', 3, false]);
  });

  it('starts a query at its best hit, and moves within the hits', async () => {
    model.type('rain');
    await model.submit();
    expect(model.activeHit?.path).toBe('a');
    model.activate(model.active + 1);
    expect(model.activeHit?.path).toBe('b');
    model.activate(99);
    expect(model.activeHit?.path).toBe('c');
    model.activate(-99);
    expect(model.activeHit).toBeNull();
  });

  it('chooses no hit of the list that nobody asked for', async () => {
    await model.submit();
    expect(model.active).toBe(-1);
  });

  it('keeps the active hit when the same query is asked again', async () => {
    model.type('rain');
    await model.submit();
    model.activate(1);
    client.searchAnswer = found({ query: 'rain', hits: [hit({ path: 'newer' }), ...THREE], total: 4 });
    await model.refresh();
    expect([model.active, model.activeHit?.path]).toEqual([2, 'b']);
  });

  it('says why a query is not understood, and recovers', async () => {
    client.searchAnswer = new Error('There is no kind “experiments”.');
    model.type('kind:x');
    await model.submit();
    expect([model.state, model.error]).toEqual(['failed', 'There is no kind “experiments”.']);
    client.searchAnswer = found({ query: 'rain', hits: THREE });
    model.type('rain');
    await vi.advanceTimersByTimeAsync(150);
    expect([model.state, model.error]).toEqual(['answered', null]);
  });

  it('shows everything again when the box is emptied', async () => {
    model.type('rain');
    await model.submit();
    model.clear();
    await vi.advanceTimersByTimeAsync(0);
    expect(client.asked.at(-1)).toBe('search “” p 50');
  });
});
