import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import * as React from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchAnswer } from '../../src/api/schema';
import { ProjectModel } from '../../src/experiments/model';
import { SearchModel } from '../../src/search/model';
import { Search } from '../../src/search/results';
import { Text } from '../../src/text';
import { FakeClient, found, hit, project } from '../fake';

const text = new Text(nullTranslator);
const TWO = [hit({ path: 'a', kind: 'deployment' }), hit({ path: 'b', run: '2026-1', decision: null })];

describe('Search', () => {
  let client: FakeClient;
  let model: SearchModel;
  let place: ProjectModel;
  const calls = { open: vi.fn(), rerun: vi.fn(), promote: vi.fn(), create: vi.fn() };
  const element = () => <Search model={model} project={place} text={text} {...calls} />;
  const box = () => screen.getByRole<HTMLInputElement>('combobox');

  const draw = async (answer: SearchAnswer | Error, query = 'rain') => {
    client.searchAnswer = answer;
    await place.refresh();
    model.type(query);
    await model.submit();
    return render(element());
  };

  beforeEach(() => {
    client = new FakeClient();
    place = new ProjectModel({ client, where: () => '' });
    model = new SearchModel({ client, where: () => '' });
  });
  afterEach(() => {
    model.dispose();
    vi.clearAllMocks();
  });

  it('tells of each hit what it is, how it did, and why it was found', async () => {
    await draw(found({ query: 'rain', hits: [hit()], total: 1 }));
    const card = document.querySelector('.mlnb-Hit')!;
    expect(card.querySelector('.mlnb-Hit-title')?.textContent).toBe('Logistic regression');
    expect(card.querySelector('time')?.getAttribute('title')).toContain('2026');
    expect([...card.querySelectorAll('.mlnb-Chip')].map(each => each.textContent)).toEqual([
      'adopt',
      'auc 0.913',
      'weather@2015-12-31'
    ]);
    expect(card.querySelector('.mlnb-Hit-snippet')?.textContent).toBe('[5] features = rain');
    expect(card.querySelector('mark')?.textContent).toBe('rain');
  });

  it('counts the hits where a screen reader hears it', async () => {
    await draw(found({ query: 'rain', hits: TWO, total: 40, took_ms: 3.2 }));
    const count = document.querySelector('.mlnb-Search-count')!;
    expect([count.getAttribute('aria-live'), count.textContent]).toEqual(['polite', '2 of 40 hits · 4 ms']);
  });

  it('is moved through with the arrows, and Enter opens the hit', async () => {
    const view = await draw(found({ query: 'rain', hits: TWO, total: 2 }));
    expect(box().getAttribute('aria-activedescendant')).toBe('mlnb-search-hit-0');
    fireEvent.keyDown(box(), { key: 'ArrowDown' });
    view.rerender(element());
    expect(screen.getAllByRole('option').map(each => each.getAttribute('aria-selected'))).toEqual([
      'false',
      'true'
    ]);
    fireEvent.keyDown(box(), { key: 'Enter' });
    expect(calls.open).toHaveBeenCalledWith(TWO[1]);
  });

  it('searches on Enter while the answer is that of an older text', async () => {
    await draw(found({ query: 'rain', hits: TWO, total: 2 }));
    fireEvent.change(box(), { target: { value: 'x' } });
    fireEvent.keyDown(box(), { key: 'Enter' });
    expect(calls.open).not.toHaveBeenCalled();
    expect(client.asked.at(-1)).toBe('search “x”  50');
  });

  it('leaves Enter to an input method that composes', async () => {
    await draw(found({ query: 'rain', hits: TWO, total: 2 }));
    fireEvent.keyDown(box(), { key: 'Enter', isComposing: true });
    expect(calls.open).not.toHaveBeenCalled();
  });

  it('re-runs any hit, and promotes deployment notebooks', async () => {
    await draw(found({ query: 'rain', hits: TWO, total: 2 }));
    const [notebook, record] = [...document.querySelectorAll('.mlnb-Hit')];
    fireEvent.click(record!.querySelector('.mlnb-Hit-rerun')!);
    expect(calls.rerun).toHaveBeenCalledWith(TWO[1]);
    expect(record!.querySelector('.mlnb-Hit-promote')).toBeNull();
    fireEvent.click(notebook!.querySelector('.mlnb-Hit-promote')!);
    expect(calls.promote).toHaveBeenCalledWith(TWO[0]);
  });

  it('empties the box with Escape', async () => {
    await draw(found({ query: 'rain', hits: TWO, total: 2 }));
    fireEvent.keyDown(box(), { key: 'Escape' });
    expect(model.query).toBe('');
  });

  it('says that nothing was found, with examples to press', async () => {
    await draw(found({ query: 'snow', hint: 'did you mean “kind”?' }), 'snow');
    expect(screen.getByText('Nothing found for “snow”.')).toBeTruthy();
    expect(screen.getByText('Did you mean “kind”?')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'kind:experiment' }));
    expect(model.query).toBe('kind:experiment');
  });

  it('has a next step in an empty project', async () => {
    await draw(found(), '');
    fireEvent.click(screen.getByRole('button', { name: 'New exploration…' }));
    expect(calls.create).toHaveBeenCalledOnce();
  });

  it('says why a query is not understood', async () => {
    await draw(new Error('“2025-99” is not a time.'));
    expect(screen.getByRole('alert').textContent).toContain('“2025-99” is not a time.');
    expect(box()).toBeTruthy();
  });

  it('offers to make the folder a project', async () => {
    client.projectAnswer = project({ initialised: false, name: 'plain' });
    await place.refresh();
    render(element());
    fireEvent.click(screen.getByRole('button', { name: 'Make this folder a project' }));
    expect(client.asked.at(-1)).toBe('init ');
  });
});
